package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.quick;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementProbesTest {
    private static final String HEALTH = "GET /v1/projects/*/health";

    private ProbedProject probed;

    @BeforeEach
    void start() throws Exception {
        probed = new ProbedProject();
    }

    @AfterEach
    void stop() {
        probed.close();
    }

    @Test
    void aWholeHostedProjectIsHealthy() throws Exception {
        probed.deploy("update-votes", true);

        HealthReport report = probed.check(probed.request().withFunctions(List.of("update-votes")));

        assertThat(report.probes())
                .extracting(ProbeResult::name)
                .containsExactly(
                        "project", "service auth", "service db", "service db_postgres_user", "service pooler",
                        "service realtime", "service rest", "service storage", "service pg_bouncer",
                        "auth", "rest", "storage", "function update-votes", "database");
        assertThat(report.probes()).allSatisfy(probe -> {
            assertThat(probe.verdict()).isEqualTo(Verdict.HEALTHY);
            assertThat(probe.attempts()).isEqualTo(1);
        });
        assertThat(report.summary()).startsWith("Environment 'staging' is healthy: 14 probes in");
        assertThat(probed.standIn.requests().matching(HEALTH)).hasSize(1);
        assertThat(probed.standIn.unknownRequests()).isEmpty();
    }

    @Test
    void onlyTheServicesNamedAreAskedAbout() throws Exception {
        HealthReport report = probed.check(management().withServices(List.of("storage", "auth")));

        assertThat(report.probes())
                .filteredOn(probe -> probe.verdict() == Verdict.HEALTHY)
                .extracting(ProbeResult::name)
                .containsExactly("project", "service storage", "service auth");
    }

    @Test
    void aServiceThatComesUpIsHealthyOnRetryAndOnlyItIsAskedAgain() throws Exception {
        probed.project.health().report("realtime", "COMING_UP", 2);

        HealthReport report = probed.check(management());

        assertThat(report.healthy()).isTrue();
        assertThat(row(report, "service realtime").attempts()).isEqualTo(3);
        assertThat(row(report, "service auth").attempts()).isEqualTo(1);
        assertThat(probed.standIn.requests().matching(HEALTH)).hasSize(3);
    }

    @Test
    void aServiceThatStaysUnhealthyIsNamed() throws Exception {
        probed.project.health().report("pooler", "UNHEALTHY");

        HealthReport report = probed.check(management().withPacing(once()));

        assertThat(report.unhealthy()).extracting(ProbeResult::name).containsExactly("service pooler");
        assertThat(report.summary()).contains("1 of 9 probes failed", "service pooler (UNHEALTHY");
    }

    @Test
    void aPausedProjectIsUnhealthy() throws Exception {
        probed.project.status(StandInProject.Status.INACTIVE);

        HealthReport report = probed.check(management().withPacing(once()));

        assertThat(row(report, "project").detail()).isEqualTo("the project is INACTIVE");
        assertThat(report.unhealthy()).hasSize(9);
    }

    @Test
    void aRejectedTokenIsNotTriedAgainAndTheOthersAreStillProbed() throws Exception {
        probed.standIn.revokeToken(probed.standIn.accessToken());

        HealthReport report = probed.check(probed.request()
                .withServices(List.of("auth", "rest"))
                .withPacing(quick(Duration.ofSeconds(20))));

        assertThat(report.unhealthy())
                .extracting(ProbeResult::name)
                .containsExactly("project", "service auth", "service rest");
        assertThat(row(report, "project").attempts()).isEqualTo(1);
        assertThat(row(report, "project").detail()).contains("401");
        assertThat(row(report, "auth").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "database").verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aTokenThatCannotEvenBeSentIsNotTriedAgain() throws Exception {
        Access broken = new Access(new SecretText("two words"), null, null, null);

        HealthReport report = probed.check(HealthRequest.of(probed.environment(), broken)
                .withServices(List.of("auth"))
                .withPacing(quick(Duration.ofSeconds(20))));

        assertThat(report.unhealthy()).hasSize(2).allSatisfy(probe -> assertThat(probe.attempts()).isEqualTo(1));
        assertThat(row(report, "project").detail()).doesNotContain("two words");
    }

    @Test
    void aTokenThatLacksAPermissionIsNotTriedAgain() throws Exception {
        Access scoped = new Access(
                new SecretText(probed.standIn.scopedToken("database_read")), "postgres", new SecretText("x"), null);

        HealthReport report = probed.check(HealthRequest.of(probed.environment(), scoped)
                .withSkip(EnumSet.of(ProbeKind.DATABASE))
                .withPacing(quick(Duration.ofSeconds(20))));

        assertThat(report.unhealthy()).hasSize(9);
        assertThat(row(report, "project").attempts()).isEqualTo(1);
        assertThat(row(report, "project").detail()).contains("403");
    }

    @Test
    void aRateLimitIsWaitedFor() throws Exception {
        probed.standIn.faults().next(HEALTH, Fault.rateLimited(Duration.ofSeconds(1)));

        HealthReport report = probed.check(management());

        assertThat(report.healthy()).isTrue();
    }

    @Test
    void aManagementApiThatDoesNotAnswerDoesNotKeepTheOthersFromBeingAsked() throws Exception {
        probed.standIn.faults().always("GET /v1/projects/**", Fault.slow(Duration.ofMinutes(5)));

        HealthReport report = probed.check(probed.request()
                .withPacing(quick(Duration.ofSeconds(10)).withAttemptTimeout(Duration.ofSeconds(2))));

        assertThat(report.unhealthy())
                .hasSize(9)
                .allSatisfy(probe -> assertThat(probe.target()).isEqualTo(ProbedProject.REF));
        assertThat(row(report, "database").verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void anInterruptEndsACallOfTheManagementApi() throws Exception {
        probed.standIn.faults().always("GET /v1/projects/**", Fault.slow(Duration.ofMinutes(5)));
        Callable<String> check = () -> {
            try {
                return "not interrupted: " + probed.check(management().withPacing(Pacing.DEFAULT));
            } catch (InterruptedException e) {
                return "interrupted";
            }
        };
        FutureTask<String> task = new FutureTask<>(check);
        Thread thread = new Thread(task);
        thread.start();
        while (probed.progress.isEmpty()) {
            Thread.onSpinWait();
        }

        thread.interrupt();

        assertThat(task.get(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
    }

    private HealthRequest management() {
        return probed.request().withSkip(EnumSet.complementOf(EnumSet.of(ProbeKind.PROJECT, ProbeKind.SERVICES)));
    }
}
