package io.jenkins.plugins.supabase.core.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.supabase.core.postgres.SqlStatement;
import io.jenkins.plugins.supabase.core.postgres.StatementSplitter;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.MigrationGenerator;
import io.jenkins.plugins.supabase.testing.SupabaseCli;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our deployer beside the real Supabase CLI 3.1.0: whatever one has done, the other has nothing to do. */
class SupabaseCliIT {
    private static final long SEED = Long.getLong("supabase.cli.seed", 20261123);
    private static final int FILES = Integer.getInteger("supabase.cli.files", 250);

    @TempDir
    private Path home;

    @TempDir
    private Path project;

    private SupabaseCli cli;

    @BeforeEach
    void findCli() {
        assumeTrue(SupabaseCli.find(home).isPresent(), SupabaseCli.HOW_TO_INSTALL);
        cli = SupabaseCli.find(home).orElseThrow();
    }

    @Test
    void shouldRecordTheSameHistoryForGeneratedFiles() throws Exception {
        List<MigrationFile> files = generate(FILES);
        TestDatabase pushed = TestDatabase.create();
        TestDatabase deployed = TestDatabase.create();

        push(pushed);
        deploy(deployed, files);

        Map<String, List<String>> ofCli = history(pushed);
        assertThat(ofCli).hasSize(FILES);
        for (MigrationFile file : files) {
            assertThat(StatementSplitter.split(file.sql()))
                    .as("statements of %s (seed %d):%n%s", file.fileName(), SEED, file.sql())
                    .extracting(SqlStatement::text)
                    .containsExactlyElementsOf(ofCli.get(file.version()));
        }
        assertThat(history(deployed)).isEqualTo(ofCli);
        assertThat(objects(deployed)).isEqualTo(objects(pushed));
        assertThat(columns(deployed)).isEqualTo(columns(pushed));
    }

    @Test
    void shouldLeaveTheCliNothingToDo() throws Exception {
        List<MigrationFile> files = generate(5);
        TestDatabase database = TestDatabase.create();

        deploy(database, files);

        SupabaseCli.Outcome dryRun = cli.run(project, "db", "push", SupabaseCli.remote(database), "--dry-run");
        assertThat(dryRun.exitCode()).as(dryRun.output()).isZero();
        assertThat(dryRun.output()).contains("Remote database is up to date").doesNotContain("_m1.sql");
        SupabaseCli.Outcome list = cli.run(project, "migration", "list", SupabaseCli.remote(database));
        assertThat(list.exitCode()).as(list.output()).isZero();
        for (MigrationFile file : files) {
            assertThat(list.output()).containsPattern(file.version() + "[^\\n0-9]+" + file.version());
        }
    }

    @Test
    void shouldFindNothingToDoAfterTheCli() throws Exception {
        List<MigrationFile> files = generate(5);
        TestDatabase database = TestDatabase.create();

        push(database);

        try (Connection connection = database.connect()) {
            assertThat(new MigrationDeployer(connection, MigrationOptions.DEFAULTS, line -> {}).pending(files))
                    .isEmpty();
        }
    }

    @Test
    void shouldTakeTurnsWithTheCli() throws Exception {
        List<MigrationFile> files = generate(3);
        TestDatabase database = TestDatabase.create();
        deploy(database, files.subList(0, 1));

        push(database);
        List<MigrationFile> more = generate(4);
        deploy(database, more);

        SupabaseCli.Outcome dryRun = cli.run(project, "db", "push", SupabaseCli.remote(database), "--dry-run");
        assertThat(dryRun.output()).contains("Remote database is up to date");
        assertThat(history(database)).hasSize(4);
    }

    @Test
    void shouldRunWhatTheCliCutsWronglyAndRecordItsCuts() throws Exception {
        String sql = "create table a (id int); create table b (id int);\n"
                + "create rule r as on insert to a do also (insert into b values (1); delete from b where id = 2);\n";
        Path directory = Files.createDirectories(project.resolve("supabase/migrations"));
        MigrationFile file = Migrations.file("20260101000000_rule.sql", sql);
        Files.writeString(directory.resolve(file.fileName()), sql);
        TestDatabase database = TestDatabase.create();

        SupabaseCli.Outcome push = cli.run(project, "db", "push", SupabaseCli.remote(database), "--yes");
        assertThat(push.exitCode()).as(push.output()).isNotZero();
        assertThat(push.output()).contains("42601");
        deploy(database, List.of(file));

        assertThat(history(database).get(file.version())).hasSize(4);
        SupabaseCli.Outcome dryRun = cli.run(project, "db", "push", SupabaseCli.remote(database), "--dry-run");
        assertThat(dryRun.output()).contains("Remote database is up to date");
    }

    private List<MigrationFile> generate(int count) throws IOException {
        Path directory = Files.createDirectories(project.resolve("supabase/migrations"));
        List<MigrationFile> files = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            MigrationFile file = Migrations.file(
                    "2026%010d_m%d.sql".formatted(i, i), new MigrationGenerator(SEED, i).file());
            Files.writeString(directory.resolve(file.fileName()), file.sql());
            files.add(file);
        }
        return files;
    }

    private void push(TestDatabase database) throws IOException, InterruptedException {
        SupabaseCli.Outcome push = cli.run(project, "db", "push", SupabaseCli.remote(database), "--yes");
        assertThat(push.exitCode()).as(push.output()).isZero();
    }

    private static void deploy(TestDatabase database, List<MigrationFile> files) throws Exception {
        try (Connection connection = database.connect()) {
            MigrationDeployer deployer = new MigrationDeployer(connection, MigrationOptions.DEFAULTS, line -> {});
            deployer.apply(deployer.pending(files));
        }
    }

    private static Map<String, List<String>> history(TestDatabase database) throws SQLException {
        Map<String, List<String>> history = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select version, statements from supabase_migrations.schema_migrations")) {
            while (rows.next()) {
                history.put(rows.getString(1), List.of((String[]) rows.getArray(2).getArray()));
            }
        }
        return history;
    }

    private static List<String> objects(TestDatabase database) throws SQLException {
        return database.query(
                """
                select relkind::text || ' ' || relname from pg_class where relnamespace = 'public'::regnamespace
                union all
                select 'function ' || pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
                order by 1
                """);
    }

    private static List<String> columns(TestDatabase database) throws SQLException {
        return database.query(
                """
                select attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull || ' ' || attnum
                from pg_attribute
                where attrelid = 'supabase_migrations.schema_migrations'::regclass and attnum > 0 order by attnum
                """);
    }
}
