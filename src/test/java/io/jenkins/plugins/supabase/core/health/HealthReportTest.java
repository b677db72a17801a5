package io.jenkins.plugins.supabase.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthReportTest {
    @Test
    void theTableHasARowForEachProbeAndTheLatenciesInTheEnd() {
        HealthReport report = new HealthReport(
                "staging",
                List.of(
                        new ProbeResult("project", "abc", Verdict.SKIPPED, 0, 0, "switched off"),
                        new ProbeResult("auth", "https://abc.supabase.co/auth", Verdict.HEALTHY, 41, 1, "GoTrue v2"),
                        new ProbeResult("rest", "https://abc.supabase.co/rest", Verdict.UNHEALTHY, 1203, 3, "503"),
                        new ProbeResult("storage", "https://abc.supabase.co/storage", Verdict.HEALTHY, 5, 1, "200")),
                2345);

        assertThat(report.table())
                .containsExactly(
                        "PROBE    TARGET                           VERDICT      LATENCY  TRIES  DETAIL",
                        "project  abc                              SKIPPED            -      -  switched off",
                        "auth     https://abc.supabase.co/auth     HEALTHY        41 ms      1  GoTrue v2",
                        "rest     https://abc.supabase.co/rest     UNHEALTHY    1203 ms      3  503",
                        "storage  https://abc.supabase.co/storage  HEALTHY         5 ms      1  200",
                        "2 healthy, 1 unhealthy, 1 skipped in 2.3 s; latency p50 41 ms, max 1203 ms");
    }

    @Test
    void theSummaryOfManyFailuresStaysShort() {
        List<ProbeResult> probes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            probes.add(new ProbeResult("function f" + i, "https://x", Verdict.UNHEALTHY, 1, 1, "404"));
        }

        String summary = new HealthReport("staging", probes, 60_000).summary();

        assertThat(summary).contains("200 of 200 probes failed after 60.0 s: function f0, function f1", "f4, and 195 more (404).");
        assertThat(summary).hasSizeLessThan(600).doesNotContain("\n");
    }

    @Test
    void theSummaryPutsEqualReasonsTogetherAndTakesTheFirstSentenceOfEach() {
        List<ProbeResult> probes = List.of(
                new ProbeResult("auth", "https://x", Verdict.UNHEALTHY, 1, 1, "The key was refused. Store another."),
                new ProbeResult("rest", "https://x", Verdict.UNHEALTHY, 1, 1, "The key was refused. Look elsewhere."),
                new ProbeResult("storage", "https://x", Verdict.HEALTHY, 1, 1, "200"),
                new ProbeResult("database", "https://x", Verdict.UNHEALTHY, 1, 1, "down"));

        assertThat(new HealthReport("staging", probes, 60_000).summary())
                .contains("3 of 4 probes failed after 60.0 s: auth, rest (The key was refused); database (down).");
    }

    @Test
    void anUnknownServiceIsRefusedByName() {
        HealthRequest request = HealthRequest.of(
                new Environment("staging", null, null, null, null), new Access(null, null, null, null));

        assertThatThrownBy(() -> request.withServices(List.of("auth", "postgrest")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("'postgrest'", "pg_bouncer");
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        Pacing pacing = Pacing.DEFAULT.withPauses(Duration.ofSeconds(1), Duration.ofSeconds(5));

        assertThat(List.of(pacing.pauseAfter(1), pacing.pauseAfter(2), pacing.pauseAfter(3), pacing.pauseAfter(4)))
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(5));
        assertThat(pacing.pauseAfter(1_000_000)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void limitsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> Pacing.DEFAULT.withConcurrency(0)).hasMessageContaining("1 to 500");
        assertThatThrownBy(() -> Pacing.DEFAULT.withTimeout(Duration.ZERO)).hasMessageContaining("timeout");
        assertThatThrownBy(() -> new DatabaseLimits(1.5, Duration.ofMinutes(1))).hasMessageContaining("at most 1");
        assertThatThrownBy(() -> new DatabaseLimits(Double.NaN, Duration.ofMinutes(1)))
                .hasMessageContaining("at most 1");
    }
}
