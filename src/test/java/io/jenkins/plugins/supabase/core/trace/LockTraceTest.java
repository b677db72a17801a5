package io.jenkins.plugins.supabase.core.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.scratch.NoScratchServer;
import io.jenkins.plugins.supabase.testing.PgDump;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LockTraceTest {
    private static final String SCHEMA =
            """
            CREATE TABLE public.votes (id bigint PRIMARY KEY, title text);
            INSERT INTO public.votes SELECT i, 'x' FROM generate_series(1, 700) i;
            ANALYZE public.votes;
            """;

    @BeforeEach
    void pgDumpIsInstalled() {
        assumeThat(PgDump.isAvailable()).as("pg_dump is installed").isTrue();
    }

    @Test
    void theEnvironmentsRowsAndSizeStandBesideTheLock() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA);
        TraceReport report = database.trace(List.of(
                TracedDatabase.migration(1,
                "ALTER TABLE votes ADD COLUMN note text;\nALTER TABLE votes RENAME TO polls;"),
                TracedDatabase.migration(2, "CREATE INDEX polls_note ON polls (note)")));
        assertThat(report.incomplete()).isEmpty();
        assertThat(report.scratch()).matches("PostgreSQL \\d+\\.\\d+.* of scratchDatabaseUrl");
        assertThat(report.migrations()).extracting(TraceReport.Migration::version).containsExactly("1", "2");
        TraceReport.TableLock lock = report.migrations().get(0).statements().get(0).locks().get(0);
        assertThat(lock.table()).isEqualTo("public.votes");
        assertThat(lock.mode()).isEqualTo("AccessExclusiveLock");
        assertThat(lock.rows()).isEqualTo(700);
        assertThat(lock.bytes()).isBetween(16_384L, 1_000_000L);
        TraceReport.TableLock renamed = report.migrations().get(1).statements().get(0).locks().get(0);
        assertThat(renamed).isEqualTo(new TraceReport.TableLock("public.votes", "ShareLock", 700, lock.bytes()));
    }

    @Test
    void aLockIsToldWhereItIsTakenAndAgainOnlyWhenItGetsStronger() throws Exception {
        TraceReport report = TracedDatabase.with(SCHEMA).trace(List.of(TracedDatabase.migration(1, """
                CREATE INDEX votes_title ON votes (title);
                ALTER TABLE votes ADD COLUMN a text;
                ALTER TABLE votes ADD COLUMN b text;
                """)));
        assertThat(report.migrations().get(0).statements())
                .extracting(statement -> statement.locks().stream().map(TraceReport.TableLock::mode).toList())
                .containsExactly(List.of("ShareLock"), List.of("AccessExclusiveLock"), List.of());
    }

    @Test
    void theEnvironmentIsOnlyReadAndNotEvenLocked() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA);
        SchemaState before;
        try (Connection connection = database.database().connect()) {
            before = SchemaState.read(connection);
        }
        try (LockWatch watch = LockWatch.of(database.database())) {
            database.trace(List.of(
                    TracedDatabase.migration(1,
                    "ALTER TABLE votes ALTER COLUMN title TYPE varchar(5); UPDATE votes SET id = 0"),
                    TracedDatabase.migration(2, "CREATE INDEX CONCURRENTLY i ON votes (id)"),
                    TracedDatabase.migration(3, "DROP TABLE votes")));
            assertThat(watch.seen()).containsExactly("AccessShareLock");
        }
        try (Connection connection = database.database().connect()) {
            assertThat(SchemaState.compare(before, SchemaState.read(connection))).isEmpty();
        }
        assertThat(database.database()
                .query("SELECT datname FROM pg_database WHERE datname LIKE 'supabase_delivery_scratch%'"))
                .isEmpty();
    }

    @Test
    void itDoesNotQueueBehindAnExclusiveLock() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA);
        try (Connection holder = database.database().connect()) {
            RawScript.run(holder, "BEGIN; LOCK TABLE votes IN ACCESS EXCLUSIVE MODE");
            TraceReport report = database.trace(List.of(TracedDatabase.migration(1, "SELECT 1")));
            assertThat(report.migrations()).isEmpty();
            assertThat(report.incomplete())
                    .hasSize(2)
                    .first()
                    .asString()
                    .isEqualTo("The schema could not be read: somebody held a table locked for 5 s, and planning does"
                    + " not queue"
                            + " behind that.");
        }
    }

    @Test
    void afterAFailureNothingIsTraced() throws Exception {
        TraceReport report = TracedDatabase.with(SCHEMA).trace(List.of(
                TracedDatabase.migration(1, "ALTER TABLE votes ADD COLUMN a text;\n  SELEC 1;"),
                TracedDatabase.migration(2, "SELECT 1")));
        assertThat(report.migrations()).hasSize(1);
        assertThat(report.migrations().get(0).failure())
                .isEqualTo(new TraceReport.Failure(2, 3, "syntax error at or near \"SELEC\" (SQLSTATE 42601)"));
        assertThat(report.incomplete()).containsExactly("Not traced: 2_change.sql.");
    }

    @Test
    void aFailureAtTheEndOfTheTransactionIsOneToo() throws Exception {
        TraceReport report = TracedDatabase.with(SCHEMA).trace(List.of(TracedDatabase.migration(1, """
                CREATE TABLE a (id integer PRIMARY KEY);
                CREATE TABLE b (a integer REFERENCES a DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO b VALUES (1);
                """)));
        assertThat(report.migrations().get(0).failure().message()).contains("violates foreign key constraint");
    }

    @Test
    void whatOnlyTheCopyLacksIsNoFailure() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA + """
                CREATE SCHEMA hidden; CREATE TABLE hidden.secrets (id integer PRIMARY KEY);
                CREATE ROLE trace_reader LOGIN PASSWORD 'reads-only'; GRANT SELECT ON public.votes TO trace_reader;
                """);
        try {
            Access access = new Access(null, "trace_reader", new SecretText("reads-only"), null);
            TraceReport report = LockTrace.run(
                    new TraceRequest(
                            database.environment(),
                            access,
                            List.of(
                                    TracedDatabase.migration(1,
                                    "CREATE TABLE one (id integer REFERENCES hidden.secrets)"),
                                    TracedDatabase.migration(2, "ALTER TABLE one ADD COLUMN a text"),
                                    TracedDatabase.migration(3, "ALTER TABLE votes ADD COLUMN a text"),
                                    TracedDatabase.migration(4, "ALTER TABLE votes ADD COLUMN a text")),
                            Map.of(),
                            database.scratch(),
                            TraceRequest.DEFAULT_DEADLINE),
                    line -> {});
            assertThat(report.migrations()).extracting(migration -> migration.failure() == null)
                    .containsExactly(true, true, true, false);
            assertThat(report.incomplete())
                    .containsExactly(
                            "The database user may not read schema hidden.",
                            "1_change.sql was traced up to line 1 only, where it uses what the scratch copy lacks:"
                            + " schema"
                                    + " \"hidden\" does not exist (SQLSTATE 3F000).",
                            "2_change.sql was traced up to line 1 only, where it uses what the scratch copy lacks:"
                            + " relation"
                                    + " \"one\" does not exist (SQLSTATE 42P01).");
        } finally {
            database.database().execute("DROP OWNED BY trace_reader; DROP ROLE trace_reader");
        }
    }

    @Test
    void theSearchPathIsTheEnvironments() throws Exception {
        TracedDatabase database = TracedDatabase.with("CREATE SCHEMA app; CREATE TABLE app.votes (id integer)");
        database.database().execute("ALTER DATABASE " + database.database().name()
                + " SET search_path TO \"$user\", app, public");
        TraceReport report =
                database.trace(List.of(TracedDatabase.migration(1, "ALTER TABLE votes ADD COLUMN a text")));
        assertThat(report.migrations().get(0).failure()).isNull();
    }

    @Test
    void rollbackFilesAreTried() throws Exception {
        List<MigrationFile> up = List.of(
                TracedDatabase.migration(1, "CREATE TABLE a (id integer); COMMENT ON TABLE votes IS 'new'"),
                TracedDatabase.migration(2, "ALTER TABLE a ADD COLUMN b text"),
                TracedDatabase.migration(3, "CREATE INDEX CONCURRENTLY a_b ON a (b)"),
                TracedDatabase.migration(4, "ALTER TABLE a ADD COLUMN c text"),
                TracedDatabase.migration(5, "ALTER TABLE a ADD COLUMN d text"));
        TraceReport report = TracedDatabase.with(SCHEMA).trace(
                up,
                Map.of(
                        "1", TracedDatabase.migration(1, "BEGIN; DROP TABLE a; COMMENT ON TABLE votes IS NULL; COMMIT"),
                        "2", TracedDatabase.migration(2, "ALTER TABLE a DROP COLUMN nothing"),
                        "3", TracedDatabase.migration(3, "DROP INDEX CONCURRENTLY a_b"),
                        "5", TracedDatabase.migration(5, "ALTER TABLE a DROP COLUMN c")));
        assertThat(report.incomplete()).isEmpty();
        assertThat(report.migrations()).extracting(TraceReport.Migration::rollback)
                .containsExactly(true, false, true, null, false);
        assertThat(report.migrations().get(1).unrestored())
                .containsExactly("line 1, column 1: column \"nothing\" of relation \"a\" does not exist (SQLSTATE"
                + " 42703)");
        assertThat(report.migrations().get(4).unrestored())
                .containsExactly("column c of table public.a was removed", "column d of table public.a was added");
    }

    @Test
    void whatWasTracedBeforeTheDeadlineIsKept() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA);
        TraceRequest request = database.request(
                List.of(
                        TracedDatabase.migration(1, "ALTER TABLE votes ADD COLUMN a text"),
                        TracedDatabase.migration(2, "SELECT pg_sleep(600)")),
                Map.of());
        TraceReport report = LockTrace.run(
                new TraceRequest(
                        request.environment(), request.access(), request.pending(), Map.of(), request.scratch(),
                        Duration.ofSeconds(15)),
                line -> {});
        assertThat(report.migrations()).hasSize(1);
        assertThat(report.migrations().get(0).statements().get(0).locks().get(0).rows()).isEqualTo(700);
        assertThat(report.incomplete())
                .containsExactly("The lock trace was ended at its deadline of 15 s.", "Not traced: 2_change.sql.");
        assertThat(database.database()
                .query("SELECT datname FROM pg_database WHERE datname LIKE 'supabase_delivery_scratch%'"))
                .isEmpty();
    }

    @Test
    void withoutAServerThePlanSaysWhy() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA);
        TraceReport report = LockTrace.run(
                new TraceRequest(
                        database.environment(), TracedDatabase.access(),
                        List.of(TracedDatabase.migration(1, "SELECT 1")),
                        Map.of(), (version, user) -> {
                            throw new NoScratchServer("There is none.");
                        },
                        TraceRequest.DEFAULT_DEADLINE),
                line -> {});
        assertThat(report).isEqualTo(
                new TraceReport("no server", List.of(), List.of("There is none.", "Not traced: 1_change.sql.")));
    }

    @Test
    void nothingIsDoneWhenNothingIsPending() throws Exception {
        TracedDatabase database = TracedDatabase.with(SCHEMA);
        assertThat(database.trace(List.of()).migrations()).isEmpty();
    }
}
