package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.quick;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.standin.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionProbesTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private ProbedProject probed;

    @BeforeEach
    void start() throws SQLException {
        probed = new ProbedProject();
    }

    @AfterEach
    void stop() {
        probed.close();
    }

    @Test
    void aFunctionIsAskedInAWayThatDoesNotSetItToWork() throws Exception {
        probed.deploy("update-votes", true);

        probed.check(endpoints().withFunctions(List.of("update-votes")));

        assertThat(probed.standIn.requests().matching("* /functions/v1/**"))
                .singleElement()
                .satisfies(request -> assertThat(request.method()).isEqualTo("OPTIONS"));
    }

    @Test
    void aFunctionThatIsNotDeployedIsUnhealthy() throws Exception {
        HealthReport report = probed.check(endpoints(quick(SHORT)).withFunctions(List.of("missing")));

        assertThat(report.healthy()).isFalse();
        assertThat(row(report, "function missing").verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(row(report, "function missing").attempts()).isGreaterThan(1);
        assertThat(report.summary())
                .contains("'staging' is not healthy: 1 of 4 probes failed", "function missing", "404 NOT_FOUND");
    }

    @Test
    void aFunctionThatDoesNotStartIsUnhealthyAlthoughItWantsAToken() throws Exception {
        probed.deploy("update-votes", true).project.functions().bootError("update-votes", true);

        HealthReport report = probed.check(endpoints(once()).withFunctions(List.of("update-votes")));

        assertThat(row(report, "function update-votes").verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(row(report, "function update-votes").detail()).contains("503 BOOT_ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "200, HEALTHY",
        "204, HEALTHY",
        "302, HEALTHY",
        "400, HEALTHY",
        "401, HEALTHY",
        "402, UNHEALTHY",
        "404, UNHEALTHY",
        "405, UNHEALTHY",
        "429, UNHEALTHY",
        "500, UNHEALTHY",
        "503, UNHEALTHY",
        "546, UNHEALTHY"
    })
    void theStatusOfAFunctionDecides(int status, Verdict verdict) throws Exception {
        probed.faults().always("OPTIONS /functions/v1/any", Fault.status(status));

        HealthReport report = probed.check(endpoints(once()).withFunctions(List.of("any")));

        assertThat(row(report, "function any").verdict()).isEqualTo(verdict);
    }

    @Test
    void aFunctionMayBeAskedInItsOwnWay() throws Exception {
        probed.deploy("update-votes", true);
        probed.faults().always("GET /functions/v1/teapot", Fault.status(418));

        HealthReport report = probed.check(endpoints(once()).withFunctionProbes(List.of(
                new FunctionProbe("update-votes", "GET", Set.of()),
                new FunctionProbe("teapot", "GET", Set.of(418)),
                new FunctionProbe("update-votes/extra", "POST", Set.of(200)))));

        assertThat(row(report, "function update-votes").detail()).isEqualTo(
                "401 UNAUTHORIZED_NO_AUTH_HEADER: reachable, wants a token");
        assertThat(row(report, "function teapot").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "function update-votes/extra").verdict()).isEqualTo(Verdict.UNHEALTHY);
    }

    @Test
    void manyFunctionsOfOneHostAreAskedAtTheSameTime() throws Exception {
        probed.faults().always("OPTIONS /functions/v1/*", Fault.slow(Duration.ofSeconds(1)));

        HealthReport report = probed.check(endpoints()
                .withFunctionProbes(IntStream.range(0, 120)
                        .mapToObj(i -> new FunctionProbe("f" + i, "OPTIONS", Set.of(404)))
                        .toList()));

        assertThat(report.healthy()).isTrue();
        // One after the other would take 120 s, five at a time 24 s; all latencies are those of one answer.
        assertThat(report.durationMillis()).isLessThan(20_000);
        assertThat(report.probes())
                .filteredOn(probe -> probe.name().startsWith("function"))
                .allSatisfy(probe -> assertThat(probe.latencyMillis()).isBetween(990L, 8_000L));
    }

    /** Everything that the project itself serves. */
    private HealthRequest endpoints() {
        return probed.request().withSkip(notEndpoints());
    }

    private HealthRequest endpoints(Pacing pacing) {
        return endpoints().withPacing(pacing);
    }

    private static Set<ProbeKind> notEndpoints() {
        return EnumSet.of(ProbeKind.PROJECT, ProbeKind.SERVICES, ProbeKind.DATABASE);
    }
}
