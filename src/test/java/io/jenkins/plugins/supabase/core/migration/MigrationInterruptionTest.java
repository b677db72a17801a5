package io.jenkins.plugins.supabase.core.migration;

import static io.jenkins.plugins.supabase.core.migration.Migrations.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left behind, and how a second run finishes it, when a deployment is stopped or meets others. */
@Timeout(180)
class MigrationInterruptionTest {
    private static final String VERSIONS = "select version from supabase_migrations.schema_migrations order by 1";
    private static final String ASLEEP = "select count(*) from pg_stat_activity where datname = current_database()"
            + " and state = 'active' and wait_event = 'PgSleep'";

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabase.create();
        database.execute("create table nap (seconds int); insert into nap values (600)");
        connection = database.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private List<MigrationFile> slowFiles() {
        return numbered("create table a (id int)", "create table b (id int); select pg_sleep(seconds) from nap", "create table c (id int)");
    }

    private List<MigrationOutcome> deploy(List<MigrationFile> files, MigrationOptions options) throws InterruptedException {
        MigrationDeployer deployer = new MigrationDeployer(connection, options, log::add);
        return deployer.apply(deployer.pending(files));
    }

    private void await(String query, String value) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!database.query(query).equals(List.of(value))) {
            assertThat(System.nanoTime()).as("waiting for %s of %s", value, query).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    /** A deployment on a thread of its own, as a build's. */
    private final class Running {
        final CompletableFuture<List<MigrationOutcome>> result = new CompletableFuture<>();
        final Thread thread;

        Running(List<MigrationFile> files, MigrationOptions options) {
            thread = new Thread(() -> {
                try {
                    result.complete(deploy(files, options));
                } catch (Throwable e) {
                    result.completeExceptionally(e);
                }
            });
            thread.start();
        }

        Throwable failure() throws Exception {
            try {
                throw new AssertionError("applied " + result.get(60, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return e.getCause();
            }
        }
    }

    private void finish() throws Exception {
        database.execute("update nap set seconds = 0");
        connection.close();
        connection = database.connect();
        deploy(slowFiles(), MigrationOptions.DEFAULTS);
        assertThat(database.query(VERSIONS)).containsExactly("20260101000001", "20260101000002", "20260101000003");
    }

    @Test
    void shouldCancelTheStatementWhenInterrupted() throws Exception {
        Running build = new Running(slowFiles(), MigrationOptions.DEFAULTS);
        await(ASLEEP, "1");

        build.thread.interrupt();

        assertThat(build.failure()).isInstanceOf(InterruptedException.class);
        assertThat(database.query(ASLEEP)).containsExactly("0");
        assertThat(database.query(VERSIONS)).containsExactly("20260101000001");
        assertThat(database.query("select to_regclass('b')")).containsExactly((String) null);
        assertThat(connection.isValid(5)).isTrue();
        finish();
    }

    @Test
    void shouldSayThatTheSessionWasEnded() throws Exception {
        Running build = new Running(slowFiles(), MigrationOptions.DEFAULTS);
        await(ASLEEP, "1");

        database.execute("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'"
                + " and datname = current_database()");

        assertThat(build.failure())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("failed in statement 2 of 2")
                .hasMessageContaining("The connection is gone")
                .hasMessageContaining("looks into the history");
        finish();
    }

    @Test
    void shouldLetTheServerNoticeAKilledClient() throws Exception {
        new Running(slowFiles(), MigrationOptions.DEFAULTS);
        await(ASLEEP, "1");

        connection.abort(Runnable::run);

        await(ASLEEP, "0");
        finish();
    }

    @Test
    void shouldTryAgainWhenALockIsFreedAndFinish() throws Exception {
        MigrationOptions options = new MigrationOptions(Duration.ofMillis(100), 50, Optional.empty());
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("set application_name = 'long report'; lock table nap in access exclusive mode");
            Running build = new Running(numbered("create table a (id int); alter table nap add column note text"), options);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (log.stream().noneMatch(line -> line.contains("met a lock"))) {
                assertThat(System.nanoTime()).as("waiting for a lock to be met: %s", log).isLessThan(deadline);
                Thread.onSpinWait();
            }
            other.rollback();

            assertThat(build.result.get(60, TimeUnit.SECONDS)).hasSize(1);
        }
        assertThat(log).anyMatch(line -> line.contains("(long report, user postgres, idle in transaction since ")
                && line.contains("holds nap) and was rolled back; attempt 2 of 50"));
    }

    @Test
    void shouldNameWhoHoldsTheLockInTheEnd() throws Exception {
        MigrationOptions options = new MigrationOptions(Duration.ofMillis(100), 2, Optional.empty());
        try (Connection other = database.connect();
                Connection bystander = database.connect()) {
            for (Connection holder : List.of(bystander, other)) {
                holder.setAutoCommit(false);
            }
            other.createStatement().execute("set application_name = 'long report'; select * from nap");
            bystander.createStatement().execute("create table elsewhere (id int)");

            assertThatThrownBy(() -> deploy(numbered("create table a (id int);\nalter table nap add column note text"), options))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("line 2, column 1, failed in statement 2 of 2")
                    .hasMessageContaining("SQLSTATE 55P03")
                    .hasMessageContaining("It was tried 2 times; in the way: session ")
                    .hasMessageContaining("(long report, user postgres")
                    .hasMessageNotContaining("elsewhere");
        }
        assertThat(database.query("select to_regclass('a')")).containsExactly((String) null);
    }
}
