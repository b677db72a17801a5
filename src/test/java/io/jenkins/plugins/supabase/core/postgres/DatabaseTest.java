package io.jenkins.plugins.supabase.core.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
    private static final String PASSWORD = "correct horse";

    private static TestDatabase database;

    /** The tests' server trusts everybody, so the roles that it must not trust get rules of their own, before the others. */
    @BeforeAll
    static void createRoles() throws SQLException, IOException {
        database = TestDatabase.create();
        for (String role : new String[] {"db_secret", "db_tls"}) {
            database.execute("create role " + role + " login password '" + PASSWORD + "'");
        }
        database.execute("create role db_crowded login connection limit 0");
        Path rules = Path.of(database.query("show hba_file").get(0));
        Files.writeString(
                rules,
                """
                host all db_secret all scram-sha-256
                hostssl all db_tls all trust
                host all db_tls all reject
                """ + Files.readString(rules));
        database.execute("select pg_reload_conf()");
        await("select count(*) from pg_hba_file_rules where 'db_secret' = any(user_name)", "1");
    }

    private static void await(String query, String value) throws SQLException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!database.query(query).contains(value) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }

    private static Environment environment(String url) {
        return new Environment("staging", null, Environment.DEFAULT_MANAGEMENT_URL, "http://127.0.0.1", url);
    }

    private static Connection open(String url, String user, String password) throws InterruptedException {
        return Database.open(environment(url), new Access(null, user, new SecretText(password), null));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            String url, String user, String password) {
        return assertThatThrownBy(() -> open(url, user, password))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("environment 'staging'")
                .hasMessageContaining("Nothing was changed")
                .hasMessageNotContaining("\n")
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void shouldOpenANamedSession() throws Exception {
        try (Connection connection = open(database.url(), "db_secret", PASSWORD)) {
            assertThat(connection.getAutoCommit()).isTrue();
            RawScript.run(connection, "RESET ALL");
            assertThat(database.query("select usename from pg_stat_activity where application_name = 'supabase-delivery'"))
                    .contains("db_secret");
        }
    }

    @Test
    void shouldPassParametersOn() throws Exception {
        try (Connection connection = open(database.url() + "?ApplicationName=mine", "db_secret", PASSWORD)) {
            assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("mine");
        }
    }

    @Test
    void shouldExplainAWrongPassword() {
        assertRefused(database.url(), "db_secret", "wrong")
                .hasMessageContaining("rejected the password of user 'db_secret'")
                .hasMessageContaining("databaseCredentialsId");
    }

    @Test
    void shouldExplainAMissingRole() {
        assertRefused(database.url(), "nobody_here", "x").hasMessageContaining("has no role 'nobody_here'");
    }

    @Test
    void shouldExplainAMissingDatabase() {
        assertRefused(database.url() + "_not", "db_secret", PASSWORD)
                .hasMessageContaining("no database of that name (SQLSTATE 3D000)");
    }

    @Test
    void shouldExplainAServerWithoutTls() {
        assertRefused(database.url() + "?sslmode=require", "db_secret", PASSWORD)
                .hasMessageContaining("asks for TLS, but the server does not offer it");
    }

    @Test
    void shouldExplainAServerThatDemandsTls() {
        assertRefused(database.url(), "db_tls", PASSWORD)
                .hasMessageContaining("without TLS")
                .hasMessageContaining("sslmode=require");
    }

    @Test
    void shouldExplainTooManyConnections() {
        assertRefused(database.url(), "db_crowded", "x")
                .hasMessageContaining("no connection left")
                .hasMessageContaining("too many connections for role");
    }

    @Test
    void shouldExplainADatabaseThatIsDown() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        assertRefused("postgresql://127.0.0.1:" + free + "/postgres", "db_secret", PASSWORD)
                .hasMessageContaining("nothing listens at 127.0.0.1:" + free);
    }

    @Test
    void shouldExplainAnUnknownHost() {
        assertRefused("postgresql://nowhere.invalid:5432/postgres", "db_secret", PASSWORD)
                .hasMessageContaining("no address was found for host 'nowhere.invalid'")
                .hasMessageContaining("session pooler");
    }

    @Test
    void shouldExplainSilence() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused("postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres?loginTimeout=1", "db_secret", PASSWORD)
                    .hasMessageContaining("no answer in time")
                    .hasMessageContaining("IPv6");
        }
    }

    @Test
    void shouldStopConnectingWhenInterrupted() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            CountDownLatch ended = new CountDownLatch(1);
            Thread thread = new Thread(() -> {
                try {
                    open("postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres?loginTimeout=600", "a", "b");
                } catch (Throwable e) {
                    thrown.set(e);
                }
                ended.countDown();
            });
            thread.start();
            silent.accept();
            thread.interrupt();

            assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://postgres:hunter2@127.0.0.1:5432/postgres",
                "postgresql://127.0.0.1:5432/postgres?password=hunter2",
                "postgresql://127.0.0.1:5432/postgres?sslmode=require&user=a",
                "mysql://127.0.0.1/hunter2",
                "postgresql:///hunter2",
                "127.0.0.1 hunter2"
            })
    void shouldRefuseAUrlWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> open(url, "a", "b"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageStartingWith("The databaseUrl of environment 'staging' cannot be used")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldNameTheSettingWithoutCredentials() {
        assertThatThrownBy(() -> Database.open(environment(database.url()), new Access(null, null, null, null)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("databaseCredentialsId");
        assertThatThrownBy(() -> open(null, "a", "b"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("no databaseUrl");
    }
}
