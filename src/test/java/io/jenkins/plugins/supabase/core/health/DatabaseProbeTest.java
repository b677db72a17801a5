package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.quick;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseProbeTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private TestDatabase database;

    @BeforeEach
    void create() throws SQLException {
        database = TestDatabase.create();
    }

    @Test
    void aDatabaseThatAnswersIsHealthyAndSaysHowBusyItIs() throws Exception {
        ProbeResult result = probe(request());

        assertThat(result.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.target()).isEqualTo(database.url());
        assertThat(result.detail()).matches("\\d+ of \\d+ connections, (no open|oldest) transaction.*");
        assertThat(result.detail()).doesNotContain("pg_read_all_stats");
    }

    @Test
    void parametersOfTheUrlAreNotShown() throws Exception {
        Environment environment = environment(database.url() + "?ApplicationName=secret-looking");

        assertThat(probe(HealthRequest.of(environment, access("postgres"))).target()).isEqualTo(database.url());
    }

    /** The server of the tests takes any password, so the refusal is made here. */
    @ParameterizedTest
    @CsvSource({"28P01, true", "28000, true", "3D000, true", "53300, false", "57P03, false", "08001, false"})
    void onlyWhatWaitingCannotMendIsDefinite(String sqlState, boolean definite) throws Exception {
        DeliveryException refusal = new DeliveryException("refused", new SQLException("refused", sqlState));
        try (Watchdog watchdog = new Watchdog();
                DatabaseProbe probe = new DatabaseProbe(
                        new Subject("database", "x"),
                        () -> {
                            throw refusal;
                        },
                        DatabaseLimits.DEFAULT,
                        watchdog)) {
            Finding finding = probe.ask(Duration.ofSeconds(10));

            assertThat(finding.verdict()).isEqualTo(Verdict.UNHEALTHY);
            assertThat(finding.definite()).isEqualTo(definite);
            assertThat(finding.detail()).isEqualTo("refused");
        }
    }

    @Test
    void aMissingDatabaseIsNotTriedAgain() throws Exception {
        ProbeResult result = probe(
                HealthRequest.of(environment(database.url() + "_missing"), access("postgres"))
                        .withPacing(quick(Duration.ofSeconds(20))));

        assertThat(result.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.detail()).contains(database.name() + "_missing");
    }

    @Test
    void aDatabaseThatIsDownIsTriedUntilTheTimeout() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        ProbeResult result = probe(
                HealthRequest.of(environment("postgresql://127.0.0.1:" + port + "/postgres"), access("postgres"))
                        .withPacing(quick(Duration.ofSeconds(3))));

        assertThat(result.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(result.attempts()).isGreaterThan(1);
    }

    @Test
    void aDatabaseThatNeverAnswersIsGivenUpAfterTheAttemptsTimeout() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            String url = "postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres";

            ProbeResult result = probe(HealthRequest.of(environment(url), access("postgres"))
                    .withPacing(quick(Duration.ofSeconds(4)).withAttemptTimeout(Duration.ofSeconds(1))));

            assertThat(result.verdict()).isEqualTo(Verdict.UNHEALTHY);
            assertThat(result.detail()).isEqualTo("no answer within 1.0 s");
            assertThat(result.attempts()).isGreaterThan(1);
        }
    }

    @Test
    void connectionsNearlyExhaustedAreUnhealthy() throws Exception {
        try (Connection first = database.connect();
                Connection second = database.connect();
                Connection third = database.connect()) {
            ProbeResult result = probe(request().withLimits(new DatabaseLimits(0.005, HOUR)));

            assertThat(result.verdict()).isEqualTo(Verdict.UNHEALTHY);
            assertThat(result.detail()).matches("\\d+ of \\d+ connections, more than 1 %");
        }
    }

    @Test
    void aLongTransactionIsUnhealthyUntilItEnds() throws Exception {
        HealthRequest request = request().withLimits(new DatabaseLimits(1, Duration.ofMillis(1)));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String pid = first(statement, "select pg_backend_pid()");

            assertThat(probe(request).detail())
                    .matches("the oldest transaction \\(pid " + pid + "\\) has been open for .* s, longer than 0.0 s");

            connection.commit();
        }
        assertThat(probe(request.withPacing(quick(Duration.ofSeconds(20)))).verdict()).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aRoleThatSeesOnlyItsOwnTransactionsSaysSo() throws Exception {
        String role = database.name() + "_plain";
        database.execute("create role " + role + " login password 'plain'");
        try (Connection other = database.connect();
                Connection another = database.connect()) {
            Access access = new Access(null, role, new SecretText("plain"), null);

            ProbeResult result = probe(HealthRequest.of(environment(database.url()), access));

            assertThat(result.verdict()).isEqualTo(Verdict.HEALTHY);
            assertThat(result.detail()).contains("lacks pg_read_all_stats");
            assertThat(Integer.parseInt(result.detail().split(" ")[0])).isGreaterThanOrEqualTo(3);
        }
    }

    private static ProbeResult probe(HealthRequest request) throws InterruptedException {
        EnumSet<ProbeKind> others = EnumSet.complementOf(EnumSet.of(ProbeKind.DATABASE));
        return row(HealthCheck.run(request.withSkip(others), line -> {}), "database");
    }

    private HealthRequest request() {
        return HealthRequest.of(environment(database.url()), access("postgres")).withPacing(once());
    }

    private static Environment environment(String databaseUrl) {
        return new Environment("staging", null, null, null, databaseUrl);
    }

    private static Access access(String password) {
        return new Access(null, "postgres", new SecretText(password), null);
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
