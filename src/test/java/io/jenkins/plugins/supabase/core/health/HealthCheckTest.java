package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.quick;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCheckTest {
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
    void aSelfHostedStackSkipsTheManagementApi() throws Exception {
        probed.deploy("update-votes", true);

        HealthReport report = probed.check(HealthRequest.of(probed.selfHosted(), probed.access())
                .withTable("polls")
                .withFunctions(List.of("update-votes")));

        assertThat(report.healthy()).isTrue();
        assertThat(report.probes())
                .extracting(ProbeResult::name, ProbeResult::verdict)
                .containsExactly(
                        tuple("project", Verdict.SKIPPED),
                        tuple("services", Verdict.SKIPPED),
                        tuple("auth", Verdict.HEALTHY),
                        tuple("rest", Verdict.HEALTHY),
                        tuple("storage", Verdict.HEALTHY),
                        tuple("function update-votes", Verdict.HEALTHY),
                        tuple("database", Verdict.HEALTHY));
        assertThat(row(report, "project").detail()).contains("no projectRef");
        assertThat(probed.standIn.requests().matching("GET /v1/**")).isEmpty();
    }

    @Test
    void withoutCredentialsWhatNeedsThemIsSkippedAndNamed() throws Exception {
        probed.deploy("update-votes", true);
        Access none = new Access(null, null, null, null);

        HealthReport report =
                probed.check(HealthRequest.of(probed.environment(), none).withFunctions(List.of("update-votes")));

        assertThat(report.healthy()).isTrue();
        assertThat(report.probed()).isEqualTo(1);
        assertThat(row(report, "project").detail()).isEqualTo("no accessTokenCredentialsId");
        assertThat(row(report, "services").detail()).isEqualTo("no accessTokenCredentialsId");
        assertThat(row(report, "auth").detail()).isEqualTo("no apiKeyCredentialsId");
        assertThat(row(report, "rest").detail()).isEqualTo("no apiKeyCredentialsId");
        assertThat(row(report, "storage").detail()).isEqualTo("no apiKeyCredentialsId");
        assertThat(row(report, "database").detail()).isEqualTo("no databaseCredentialsId");
    }

    @Test
    void whatIsSwitchedOffIsNotAsked() throws Exception {
        HealthReport report = probed.check(probed.request().withSkip(EnumSet.allOf(ProbeKind.class)));

        assertThat(report.probes()).hasSize(6).allSatisfy(probe -> assertThat(probe.detail()).isEqualTo("switched off"));
        assertThat(probed.standIn.requests().entries()).isEmpty();
    }

    @Test
    void aCheckThatAskedNothingDoesNotSayHealthy() throws Exception {
        HealthReport report = probed.check(probed.request().withSkip(EnumSet.allOf(ProbeKind.class)));

        assertThat(report.healthy()).isFalse();
        assertThat(report.summary()).contains("Nothing of environment 'staging' was probed");
    }

    @Test
    void aDatabaseThatIsDownDoesNotKeepTheOthersFromBeingAsked() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Environment environment = new Environment(
                "staging", null, null, probed.project.url(), "postgresql://127.0.0.1:" + port + "/postgres");

        HealthReport report = probed.check(HealthRequest.of(environment, probed.access())
                .withTable("polls")
                .withPacing(once()));

        assertThat(report.unhealthy()).extracting(ProbeResult::name).containsExactly("database");
        assertThat(row(report, "auth").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(report.summary()).contains("1 of 4 probes failed", "database (");
    }

    @Test
    void anInterruptEndsTheCheckWhateverItWaitsFor() throws Exception {
        probed.faults().always("GET /auth/v1/health", Fault.slow(Duration.ofMinutes(5)));
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            String databaseUrl = "postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres";
            Environment environment = new Environment("staging", null, null, probed.project.url(), databaseUrl);
            HealthRequest request = HealthRequest.of(environment, probed.access())
                    .withPacing(Pacing.DEFAULT.withTimeout(Duration.ofMinutes(5)).withAttemptTimeout(Duration.ofMinutes(5)));
            Callable<String> check = () -> {
                try {
                    return "not interrupted: " + probed.check(request);
                } catch (InterruptedException e) {
                    return "interrupted";
                }
            };
            FutureTask<String> task = new FutureTask<>(check);
            Thread thread = new Thread(task);
            thread.start();
            silent.accept();

            thread.interrupt();

            assertThat(task.get(5, TimeUnit.SECONDS)).isEqualTo("interrupted");
            for (Thread left : Thread.getAllStackTraces().keySet()) {
                if (left.getName().startsWith("supabase-health")) {
                    left.join(5_000);
                    assertThat(left.isAlive()).as(left.getName()).isFalse();
                }
            }
        }
    }

    @Test
    void whileItWaitsItSaysForWhat() throws Exception {
        probed.faults().always("GET /auth/v1/health", Fault.status(503));

        probed.check(HealthRequest.of(probed.selfHosted(), probed.access())
                .withTable("polls")
                .withPacing(quick(Duration.ofSeconds(7))));

        assertThat(probed.progress).first().asString().contains("Probing 4 parts of environment 'laptop'");
        assertThat(probed.progress)
                .anySatisfy(line -> assertThat(line).contains("1 of 4 probes not healthy yet", "auth (answered 503"));
    }

    @Test
    void requestAndReportTravelBetweenProcesses() throws Exception {
        HealthRequest request = probed.request()
                .withFunctions(List.of("update-votes"))
                .withSkip(EnumSet.of(ProbeKind.SERVICES))
                .withPacing(once());
        HealthReport report = probed.check(request);

        assertThat(copy(request)).isEqualTo(request);
        assertThat(copy(report)).isEqualTo(report);
        assertThat(request.toString()).doesNotContain(probed.project.keys().secret(), probed.standIn.accessToken());
    }

    private static Object copy(Object value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
