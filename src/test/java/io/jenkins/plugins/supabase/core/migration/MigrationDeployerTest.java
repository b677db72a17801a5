package io.jenkins.plugins.supabase.core.migration;

import static io.jenkins.plugins.supabase.core.migration.Migrations.file;
import static io.jenkins.plugins.supabase.core.migration.Migrations.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationDeployerTest {
    private static final String VERSIONS = "select version from supabase_migrations.schema_migrations order by 1";

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private TestDatabase database;
    private Connection connection;
    private MigrationDeployer deployer;

    @BeforeEach
    void connect() throws SQLException {
        database = TestDatabase.create();
        connection = database.connect();
        deployer = new MigrationDeployer(connection, MigrationOptions.DEFAULTS, log::add);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private List<MigrationOutcome> deploy(List<MigrationFile> files) throws InterruptedException {
        return deployer.apply(deployer.pending(files));
    }

    private boolean exists(String relation) throws SQLException {
        return database.query("select to_regclass('" + relation + "')").get(0) != null;
    }

    @Test
    void shouldApplyFilesInOrderAndRecordThemAsTheCliDoes() throws Exception {
        List<MigrationFile> files = numbered(
                "create table a (id int);\n-- seed\ninsert into a values (1);", "alter table a add column t text");

        assertThat(deploy(files)).extracting(MigrationOutcome::fileName, MigrationOutcome::statements)
                .containsExactly(
                        tuple("20260101000001_m1.sql", 2),
                        tuple("20260101000002_m2.sql", 1));
        assertThat(database.query("select version || '/' || name || '/' || array_to_string(statements, '|')"
                        + " from supabase_migrations.schema_migrations order by version"))
                .containsExactly(
                        "20260101000001/m1/create table a (id int)|-- seed\ninsert into a values (1)",
                        "20260101000002/m2/alter table a add column t text");
        assertThat(log).anyMatch(line -> line.matches("\\[2/2] 20260101000002_m2\\.sql … \\d+ ms"));
    }

    @Test
    void shouldDoNothingTheSecondTime() throws Exception {
        List<MigrationFile> files = numbered("create table a (id int)");
        deploy(files);

        assertThat(deployer.pending(files)).isEmpty();
        assertThat(deploy(files)).isEmpty();
    }

    @Test
    void shouldPlanWithoutWriting() throws Exception {
        List<MigrationFile> files = numbered("create table a (id int)", "create table b (id int)");

        assertThat(deployer.pending(files)).isEqualTo(files);
        assertThat(database.query("select count(*) from pg_namespace where nspname = 'supabase_migrations'"))
                .containsExactly("0");
    }

    @Test
    void shouldRollBackOnlyTheFileThatFailsAndShowWhere() throws Exception {
        List<MigrationFile> files = numbered(
                "create table a (id int)",
                "create table b (id int)",
                "create table c (id int);\n\n  create tabel d (id int);\ncreate table e (id int)",
                "create table f (id int)",
                "create table g (id int)");

        assertThatThrownBy(() -> deploy(files))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("20260101000003_m3.sql, line 3, column 10, failed in statement 2 of 3")
                .hasMessageContaining("syntax error at or near \"tabel\" (SQLSTATE 42601)")
                .hasMessageContaining("The whole file was rolled back")
                .hasMessageContaining("staying so: 20260101000001_m1.sql, 20260101000002_m2.sql.")
                .hasMessageContaining("Not reached: 20260101000004_m4.sql, 20260101000005_m5.sql.");
        assertThat(database.query(VERSIONS)).containsExactly("20260101000001", "20260101000002");
        assertThat(exists("b")).isTrue();
        assertThat(exists("c")).isFalse();
        assertThat(log).anyMatch(line -> line.contains("create tabel d (id int);"));
    }

    @Test
    void shouldGoOnWithTheCorrectedFile() throws Exception {
        assertThatThrownBy(() -> deploy(numbered("create table a (id int)", "create table a (id int)")))
                .hasMessageContaining("42P07");

        deploy(numbered("create table a (id int)", "create table b (id int)"));

        assertThat(database.query(VERSIONS)).containsExactly("20260101000001", "20260101000002");
    }

    @Test
    void shouldListMissingAndLateVersionsAndChangeNothing() throws Exception {
        deploy(numbered("select 1", "select 2", "select 3"));
        List<MigrationFile> files = new ArrayList<>(numbered("select 1"));
        files.add(file("20260101000002_m2.sql", "select 2"));
        files.add(file("20260101000000_late.sql", "create table late (id int)"));
        files.add(file("20260101000002a_later.sql", "create table later (id int)"));
        files.add(file("20260101000009_new.sql", "create table new (id int)"));

        assertThatThrownBy(() -> deploy(files))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("1 version without a file in supabase/migrations: 20260101000003.")
                .hasMessageContaining("20260101000000_late.sql, 20260101000002a_later.sql.")
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining("repair --status reverted")
                .hasMessageContaining("rename each to a version after 20260101000003");
        assertThat(exists("new")).isFalse();
    }

    @Test
    void shouldStopAtALateMigrationAlone() throws Exception {
        List<MigrationFile> files = new ArrayList<>(numbered("select 1", "select 2"));
        deploy(files);
        files.add(file("20260101000000_late.sql", "create table late (id int)"));

        assertThatThrownBy(() -> deploy(files))
                .hasMessageContaining("older than the newest applied version 20260101000002: 20260101000000_late.sql.");
        assertThat(exists("late")).isFalse();
    }

    @Test
    void shouldStopAtAMissingVersionAlone() throws Exception {
        deploy(numbered("select 1", "select 2"));

        assertThatThrownBy(() -> deploy(numbered("select 1")))
                .hasMessageContaining("1 version without a file in supabase/migrations: 20260101000002.");
    }

    @Test
    void shouldRefuseTwoFilesOfOneVersion() {
        List<MigrationFile> files = List.of(file("1_a.sql", "select 1"), file("1_b.sql", "select 2"));

        assertThatThrownBy(() -> deploy(files))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("1_a.sql and 1_b.sql have the same version 1");
    }

    @Test
    void shouldCompleteAnOlderHistoryTable() throws Exception {
        database.execute("create schema supabase_migrations;"
                + " create table supabase_migrations.schema_migrations (version text primary key, extra int default 5);"
                + " insert into supabase_migrations.schema_migrations values ('20260101000001')");
        List<MigrationFile> files = numbered("create table a (id int)", "create table b (id int)");

        assertThat(deploy(files)).hasSize(1);
        assertThat(database.query("select concat_ws('/', version, name, array_to_string(statements, ','), extra)"
                        + " from supabase_migrations.schema_migrations order by version"))
                .containsExactly("20260101000001/5", "20260101000002/m2/create table b (id int)/5");
    }

    @Test
    void shouldNotLetSettingsOrRolesReachTheNextFile() throws Exception {
        database.execute("create role painter; grant create on schema public to painter");
        deploy(numbered(
                "select pg_catalog.set_config('search_path', '', false); set statement_timeout = '7s'; set role painter;"
                        + " create table public.a ()",
                "create table b as select current_user::text as who, current_setting('statement_timeout') as waits"));

        assertThat(database.query("select who || ' ' || waits from b")).containsExactly("postgres 0");
        assertThat(database.query("select tableowner from pg_tables where tablename = 'a'")).containsExactly("painter");
        database.execute("drop owned by painter; drop role painter");
    }

    @Test
    void shouldRunAFileInItsOwnTransactionStatementsAsOne() throws Exception {
        String sql = "begin;\ncreate table a (id int);\ninsert into a values (%s);\ncommit;\n-- done";

        assertThatThrownBy(() -> deploy(numbered(sql.formatted("'x'")))).hasMessageContaining("22P02");
        assertThat(exists("a")).isFalse();

        deploy(numbered(sql.formatted("1")));
        assertThat(database.query("select array_to_string(statements, '|') from supabase_migrations.schema_migrations"))
                .containsExactly("begin|create table a (id int)|insert into a values (1)|commit|-- done");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table z (); commit; create table y ()     | column 20, has COMMIT",
                "begin; create table y (); rollback               | column 1, has BEGIN",
                "create table y (); create index concurrently i on y (a) | has CREATE INDEX CONCURRENTLY, which cannot run",
                "vacuum; select 1                                 | has VACUUM, which cannot run inside a transaction",
                "copy a from stdin                                | COPY with rows in the file"
            })
    void shouldRefuseBeforeAnythingIsChanged(String sql, String reason) throws Exception {
        List<MigrationFile> files = numbered("create table a (id int)", sql);

        assertThatThrownBy(() -> deployer.pending(files))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("20260101000002_m2.sql, line 1, ")
                .hasMessageContaining(reason)
                .hasMessageContaining("No migration was applied");
        assertThat(exists("a")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select 1; create table y (a text default 'b)    | column 42, failed in statement 2 of 2: | quoted string",
                "select 1; select $x$ y                          | column 18, failed in statement 2 of 2: | dollar-quoted string",
                "select 1 /* 2                                   | column 10, failed in statement 1 of 1: | comment",
                "/* 2                                            | column 1, failed: | comment"
            })
    void shouldShowWhatIsNeverClosed(String sql, String place, String what) throws Exception {
        assertThatThrownBy(() -> deploy(numbered("create table a (id int)", sql)))
                .hasMessageContaining("20260101000002_m2.sql, line 1, " + place)
                .hasMessageContaining("syntax error: this " + what)
                .hasMessageContaining("staying so: 20260101000001_m1.sql");
        assertThat(database.query(VERSIONS)).containsExactly("20260101000001");
    }

    @Test
    void shouldRefuseANulCharacter() {
        assertThatThrownBy(() -> deploy(numbered("select 1;\0 drop table a")))
                .hasMessageContaining("line 1, column 10, has a NUL character");
    }

    @Test
    void shouldExecuteWhatTheCliCutsWrongly() throws Exception {
        deploy(numbered("create table a (id int); create table log (id int);"
                + " create rule r as on insert to a do also (insert into log values (1); insert into log values (2));"
                + " insert into a values (7)"));

        assertThat(database.query("select id from log order by id")).containsExactly("1", "2");
    }

    @Test
    void shouldShowThePlaceOfAnErrorWithoutAPosition() {
        assertThatThrownBy(() -> deploy(numbered("create table a (id int primary key);\ninsert into a values (1);\n\n"
                        + "-- twice\ninsert into a values (1);\nselect 1")))
                .hasMessageContaining("line 5, column 1, failed in statement 3 of 4")
                .hasMessageContaining("SQLSTATE 23505")
                .hasMessageContaining("detail: Key (id)=(1) already exists");
    }

    @Test
    void shouldCountColumnsInCharacters() {
        assertThatThrownBy(() -> deploy(numbered("select 1;\nselect '🐘 ü', nothing")))
                .hasMessageContaining("line 2, column 15, failed in statement 2 of 2")
                .hasMessageContaining("SQLSTATE 42703");
    }

    @Test
    void shouldShowWhereCodeOfAFunctionFailed() {
        assertThatThrownBy(() -> deploy(numbered("select 1;\ndo $$\nbegin\n  raise exception 'no votes' using hint = 'vote';\nend $$")))
                .hasMessageContaining("line 2, column 1, failed in statement 2 of 2: no votes (SQLSTATE P0001)")
                .hasMessageContaining("in PL/pgSQL function inline_code_block line 3 at RAISE")
                .hasMessageContaining("hint: vote");
    }

    @Test
    void shouldAdviseWhereTheServersMessageLeadsNowhere() {
        assertThatThrownBy(() -> deploy(numbered("\\restrict abc\nselect 1")))
                .hasMessageContaining("commands of psql, which the server does not know");
        assertThatThrownBy(() -> deploy(numbered("create table a (place ltree)")))
                .hasMessageContaining("try extensions.ltree");
    }

    @Test
    void shouldRollBackWhenTheCommitFails() throws Exception {
        assertThatThrownBy(() -> deploy(numbered("create table p (id int primary key);"
                        + " create table c (p int references p deferrable initially deferred); insert into c values (1)")))
                .hasMessageContaining("20260101000001_m1.sql ran, but could not be committed")
                .hasMessageContaining("SQLSTATE 23503");
        assertThat(exists("p")).isFalse();
        assertThat(database.query(VERSIONS)).isEmpty();
    }

    @Test
    void shouldSendALargeFileInParts() throws Exception {
        StringBuilder sql = new StringBuilder("create table big (line int, t text);\n");
        String text = "x".repeat(100_000);
        for (int line = 2; line <= 40; line++) {
            sql.append("insert into big values (").append(line).append(", 'ü;").append(text).append("');\n");
        }
        deploy(numbered(sql.toString()));
        assertThat(database.query("select count(*) || ' ' || sum(line) from big")).containsExactly("39 819");

        assertThatThrownBy(() -> deploy(numbered(sql.toString(), sql.substring(sql.indexOf("\n")) + "select nothing")))
                .hasMessageContaining("20260101000002_m2.sql, line 41, column 8, failed in statement 40 of 40");
        assertThat(database.query("select count(*) from big")).containsExactly("39");
    }

    @Test
    void shouldRecordAFileWithoutStatements() throws Exception {
        deploy(numbered("", "-- nothing; yet"));

        assertThat(database.query("select statements::text from supabase_migrations.schema_migrations order by version"))
                .containsExactly("{}", "{\"-- nothing; yet\"}");
    }

    @Test
    void shouldShowNoticesUpToALimit() throws Exception {
        deploy(numbered("do $$ begin for i in 1..30 loop raise notice 'row %', i; end loop; end $$"));

        assertThat(log).contains("[1/1] 20260101000001_m1.sql NOTICE: row 20", "[1/1] 20260101000001_m1.sql 10 further notices are not shown")
                .doesNotContain("[1/1] 20260101000001_m1.sql NOTICE: row 21");
    }

    @Test
    void shouldKeepTheStatementTimeoutIfAsked() {
        deployer = new MigrationDeployer(
                connection, new MigrationOptions(Duration.ofSeconds(4), 1, Optional.of(Duration.ofMillis(50))), log::add);

        assertThatThrownBy(() -> deploy(numbered("select pg_sleep(60)"))).hasMessageContaining("statement timeout");
    }

    @Test
    void shouldNotOverwriteTheRowOfSomebodyElse() throws Exception {
        List<MigrationFile> files = numbered("create table a (id int)");
        List<MigrationFile> pending = deployer.pending(files);
        MigrationHistory.create(connection);
        database.execute("insert into supabase_migrations.schema_migrations values ('20260101000001')");

        assertThatThrownBy(() -> deployer.apply(pending)).hasMessageContaining("SQLSTATE 23505");
        assertThat(exists("a")).isFalse();
    }
}
