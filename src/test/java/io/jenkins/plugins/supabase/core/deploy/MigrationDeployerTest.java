package io.jenkins.plugins.supabase.core.deploy;

import static io.jenkins.plugins.supabase.core.deploy.Migrations.file;
import static io.jenkins.plugins.supabase.core.deploy.Migrations.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
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
}
