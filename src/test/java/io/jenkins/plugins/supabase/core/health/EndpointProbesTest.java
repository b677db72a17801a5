package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.quick;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.local.standin.Fault;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointProbesTest {
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
    void everyEndpointIsHealthy() throws Exception {
        probed.deploy("update-votes", true).deploy("open", false);

        HealthReport report =
                probed.check(endpoints().withRpc("alive").withFunctions(List.of("update-votes", "open")));

        assertThat(report.probes())
                .filteredOn(probe -> probe.verdict() != Verdict.SKIPPED)
                .extracting(ProbeResult::name, ProbeResult::verdict, ProbeResult::attempts)
                .containsExactly(
                        healthy("auth"),
                        healthy("rest"),
                        healthy("rest rpc"),
                        healthy("storage"),
                        healthy("function update-votes"),
                        healthy("function open"));
        assertThat(report.healthy()).isTrue();
        assertThat(row(report, "auth").detail()).isEqualTo("GoTrue v2.186.0");
        assertThat(row(report, "rest").target()).isEqualTo(probed.project.url() + "/rest/v1/polls");
        assertThat(probed.standIn.unknownRequests()).isEmpty();
    }

    @Test
    void aServiceThatRecoversIsHealthyOnRetry() throws Exception {
        probed.faults().next("GET /auth/v1/health", 2, Fault.status(503));

        HealthReport report = probed.check(endpoints());

        assertThat(report.healthy()).isTrue();
        assertThat(row(report, "auth").attempts()).isEqualTo(3);
        assertThat(row(report, "rest").attempts()).isEqualTo(1);
        assertThat(probed.standIn.requests().matching("GET /rest/v1/polls")).hasSize(1);
    }

    @Test
    void aPauseThatWouldOutlastTheCheckIsShortened() throws Exception {
        probed.faults().next("GET /auth/v1/health", Fault.status(503));
        Duration tooLong = Duration.ofSeconds(10);

        HealthReport report = probed.check(endpoints(quick(Duration.ofSeconds(8)).withPauses(tooLong, tooLong)));

        assertThat(row(report, "auth").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "auth").attempts()).isEqualTo(2);
    }

    @Test
    void theClosedRootSaysWhatToPass() throws Exception {
        String publishable = probed.project.keys().publishable();
        HealthRequest request = HealthRequest.of(probed.environment(), probed.access(publishable))
                .withSkip(EnumSet.complementOf(EnumSet.of(ProbeKind.REST)));

        ProbeResult rest = row(probed.check(request), "rest");

        assertThat(rest.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(rest.attempts()).isEqualTo(1);
        assertThat(rest.detail()).contains("401 PGRST106", "root is closed to this key", "name a table or an rpc", "apiKeyCredentialsId");
    }

    @Test
    void theRootIsReadWithTheSecretKeyWhereNothingElseIsNamed() throws Exception {
        ProbeResult rest = row(probed.check(endpoints().withTable(null)), "rest");

        assertThat(rest.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(rest.target()).isEqualTo(probed.project.url() + "/rest/v1/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceRole", "secret"})
    void legacyAndNewKeysAreSentAsTheGatewayWantsThem(String kind) throws Exception {
        String key = kind.equals("secret")
                ? probed.project.keys().secret()
                : probed.project.keys().serviceRole();

        probed.check(HealthRequest.of(probed.environment(), probed.access(key))
                .withTable("polls")
                .withSkip(EnumSet.complementOf(EnumSet.of(ProbeKind.REST))));

        assertThat(probed.standIn.requests().matching("GET /rest/v1/polls"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.status()).isEqualTo(200);
                    assertThat(request.headerNames()).contains("apikey");
                    assertThat(request.headerNames().contains("authorization")).isEqualTo(kind.equals("serviceRole"));
                });
    }

    @Test
    void aRejectedKeyIsNotTriedAgain() throws Exception {
        HealthReport report = probed.check(HealthRequest.of(probed.environment(), probed.access("sb_secret_wrong"))
                .withTable("polls")
                .withSkip(notEndpoints())
                .withPacing(quick(Duration.ofSeconds(20))));

        assertThat(report.unhealthy()).extracting(ProbeResult::name).contains("auth", "rest");
        assertThat(row(report, "auth").attempts()).isEqualTo(1);
        assertThat(row(report, "auth").detail()).contains("401", "apiKeyCredentialsId");
        assertThat(report.table().toString() + report.summary() + probed.progress).doesNotContain("sb_secret_wrong");
    }

    @Test
    void aTableThatTheApiDoesNotKnowIsUnhealthy() throws Exception {
        ProbeResult rest = row(probed.check(endpoints(once()).withTable("no such/table")), "rest");

        assertThat(rest.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(rest.detail()).contains("404");
        assertThat(rest.target()).endsWith("/rest/v1/no%20such%2Ftable");
    }

    @Test
    void whereTheGatewayKeepsTheStorageStatusTheBucketsAreListed() throws Exception {
        probed.faults().always("GET /storage/v1/status", Fault.status(404));

        ProbeResult storage = row(probed.check(endpoints()), "storage");

        assertThat(storage.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(storage.detail()).isEqualTo("listing buckets 200");
    }

    @Test
    void brokenStorageIsUnhealthy() throws Exception {
        probed.faults().always("GET /storage/v1/status", Fault.status(500));

        ProbeResult storage = row(probed.check(endpoints(once())), "storage");

        assertThat(storage.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(storage.detail()).contains("status answered 500");
    }

    @Test
    void anAnswerThatTakesTooLongIsUnhealthyAndTheOthersAreNotDelayed() throws Exception {
        probed.faults().always("GET /auth/v1/health", Fault.slow(Duration.ofMinutes(2)));

        HealthReport report = probed.check(endpoints()
                .withPacing(quick(Duration.ofSeconds(5)).withAttemptTimeout(Duration.ofSeconds(2))));

        assertThat(row(report, "auth").verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(row(report, "auth").detail()).isEqualTo("no answer within 2.0 s");
        assertThat(row(report, "auth").attempts()).isGreaterThan(1);
        assertThat(row(report, "rest").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "rest").latencyMillis()).isLessThan(2_000);
    }

    @Test
    void theTimeoutEndsTheCheckAndTheReportNamesWhatIsUnhealthy() throws Exception {
        probed.faults().always("GET /auth/v1/health", Fault.status(503));
        probed.faults().always("GET /rest/v1/polls", Fault.drop());

        HealthReport report = probed.check(endpoints(quick(SHORT)));

        assertThat(report.unhealthy()).extracting(ProbeResult::name).containsExactly("auth", "rest");
        assertThat(report.summary())
                .contains("2 of 3 probes failed", "auth (answered 503", "rest (the connection broke")
                .doesNotContain("\n");
        assertThat(report.durationMillis()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void anAttemptThatTheEndCutsShortDoesNotHideWhatWasKnown() throws Exception {
        probed.faults().next("GET /auth/v1/health", Fault.status(503));
        probed.faults().always("GET /auth/v1/health", Fault.slow(Duration.ofMinutes(2)));

        ProbeResult auth = row(probed.check(endpoints(quick(Duration.ofSeconds(3)))), "auth");

        assertThat(auth.detail()).isEqualTo("answered 503");
    }

    @Test
    void aPausedProjectIsUnhealthyAtEachEndpoint() throws Exception {
        probed.faults().always("* /**", Fault.status(540));

        HealthReport report = probed.check(endpoints(once()).withFunctions(List.of("update-votes")));

        assertThat(report.unhealthy()).hasSize(4);
        assertThat(row(report, "rest").detail()).contains("540", "paused");
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

    private static Tuple healthy(String name) {
        return tuple(name, Verdict.HEALTHY, 1);
    }
}
