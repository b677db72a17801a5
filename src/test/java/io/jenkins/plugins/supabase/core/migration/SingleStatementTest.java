package io.jenkins.plugins.supabase.core.migration;

import static io.jenkins.plugins.supabase.core.migration.Migrations.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.postgres.UnfinishedMigrations;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose only statement cannot run inside a transaction. */
class SingleStatementTest {
    private static final String VALID = "select indisvalid from pg_index where indexrelid = to_regclass('votes_poll')";
    private static final String BUILD = "-- fast\ncreate index concurrently votes_poll on votes (poll);\n";

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabase.create();
        database.execute("create table votes (poll int); insert into votes values (1), (1)");
        connection = database.connect();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private List<MigrationOutcome> deploy(List<MigrationFile> files) throws InterruptedException {
        MigrationDeployer deployer = new MigrationDeployer(connection, MigrationOptions.DEFAULTS, log::add);
        return deployer.apply(deployer.pending(files));
    }

    private List<String> recorded() throws SQLException {
        return database.query("select array_to_string(statements, '|') from supabase_migrations.schema_migrations");
    }

    @Test
    void shouldBuildAnIndexConcurrently() throws Exception {
        deploy(numbered(BUILD));

        assertThat(database.query(VALID)).containsExactly("t");
        assertThat(recorded()).containsExactly("-- fast\ncreate index concurrently votes_poll on votes (poll)");
        assertThat(database.query("select * from supabase_migrations.delivery_unfinished")).isEmpty();
    }

    @Test
    void shouldRebuildAnIndexThatAnInterruptedBuildLeftInvalid() throws Exception {
        assertThatThrownBy(() -> database.execute("create unique index concurrently votes_poll on votes (poll)"))
                .isInstanceOf(SQLException.class);
        assertThat(database.query(VALID)).containsExactly("f");

        deploy(numbered("create index concurrently if not exists votes_poll on public.votes (poll)"));

        assertThat(database.query(VALID)).containsExactly("t");
        assertThat(log).anyMatch(line -> line.contains("votes_poll is INVALID, left behind by an interrupted build"));
    }

    @Test
    void shouldRecordAnIndexThatAnEarlierRunBuiltBeforeItWasKilled() throws Exception {
        List<MigrationFile> files = numbered(BUILD);
        MigrationHistory.create(connection);
        UnfinishedMigrations.add(
                connection, files.get(0).version(), "create index concurrently votes_poll on votes (poll)");
        database.execute("create index concurrently votes_poll on votes (poll)");

        assertThat(deploy(files)).hasSize(1);

        assertThat(log).anyMatch(line -> line.contains("was built by an interrupted earlier run"));
        assertThat(recorded()).hasSize(1);
    }

    @Test
    void shouldNotTakeSomebodyElsesIndexForItsOwn() throws Exception {
        database.execute("create index votes_poll on votes (poll)");

        assertThatThrownBy(() -> deploy(numbered(BUILD)))
                .hasMessageContaining("line 2, column 1, failed in statement 1 of 1")
                .hasMessageContaining("already exists (SQLSTATE 42P07)");
        assertThat(recorded()).isEmpty();
        assertThat(database.query("select * from supabase_migrations.delivery_unfinished")).isEmpty();
    }

    @Test
    void shouldFinishADropThatAnEarlierRunDid() throws Exception {
        List<MigrationFile> files = numbered("drop index concurrently votes_poll");
        assertThatThrownBy(() -> deploy(files)).hasMessageContaining("SQLSTATE 42704");

        UnfinishedMigrations.add(connection, files.get(0).version(), "drop index concurrently votes_poll");

        assertThat(deploy(files)).hasSize(1);
    }

    @Test
    void shouldFailAUniqueIndexOverDuplicatesAndSucceedOnceTheyAreGone() throws Exception {
        List<MigrationFile> files = numbered("create unique index concurrently votes_poll on votes (poll)");
        assertThatThrownBy(() -> deploy(files))
                .hasMessageContaining("SQLSTATE 23505")
                .hasMessageContaining("ran outside a transaction")
                .hasMessageContaining("INVALID");

        database.execute("delete from votes");
        deploy(files);

        assertThat(database.query(VALID)).containsExactly("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vacuum (analyze) votes",
                "reindex table concurrently votes;",
                "/* all */ cluster",
                "-- pg-delta: transaction=false\ncreate table marked (id int)",
                "begin; vacuum votes; commit"
            })
    void shouldRunWhatWantsNoTransaction(String sql) throws Exception {
        deploy(numbered(sql));

        assertThat(recorded()).hasSize(1);
    }

    @Test
    void shouldFindOutFromTheServerWhatWantsNoTransaction() throws Exception {
        database.execute("create table parts (id int) partition by range (id);"
                + " create table part1 partition of parts for values from (1) to (9); create index parts_id on parts (id)");

        deploy(numbered("cluster parts using parts_id"));

        assertThat(recorded()).containsExactly("cluster parts using parts_id");
        assertThatThrownBy(() -> deploy(numbered("cluster parts using parts_id", "select 1; cluster parts using parts_id")))
                .hasMessageContaining("SQLSTATE 25001")
                .hasMessageContaining("Put that statement into a migration file of its own");
    }
}
