package io.jenkins.plugins.supabase.core.migration;

import static io.jenkins.plugins.supabase.core.migration.Migrations.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationRevertTest {
    private static final String APPLIED =
            "select version from supabase_migrations.schema_migrations order by version";

    private final List<String> log = new ArrayList<>();
    private final List<String> each = new ArrayList<>();
    private TestDatabase database;
    private Connection connection;
    private MigrationDeployer deployer;

    @BeforeEach
    void applied() throws Exception {
        database = TestDatabase.create();
        connection = database.connect();
        deployer = new MigrationDeployer(connection, MigrationOptions.DEFAULTS, log::add);
        List<MigrationFile> files = List.of(
                file("1_a.sql", "create table a (x int)"),
                file("2_b.sql", "create table b (x int)"),
                file("3_i.sql", "create index concurrently i on a (x)"));
        deployer.apply(deployer.pending(files));
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
    }

    @Test
    void takesBackTheNewestFirstAndForgetsThem() throws Exception {
        deployer.revert(
                List.of(file("3_i.sql", "drop index concurrently i"), file("2_b.sql", "drop table b")),
                outcome -> each.add(outcome.version()));

        assertThat(each).containsExactly("3", "2");
        assertThat(database.query(APPLIED)).containsExactly("1");
        assertThat(database.query("select coalesce(to_regclass('b')::text, to_regclass('i')::text, 'gone')"))
                .containsExactly("gone");
        assertThat(log).anyMatch(line -> line.startsWith("[1/2] rollbacks/3_i.sql …"));
    }

    @Test
    void aFailingFileLeavesItsMigrationAsItWas() throws Exception {
        List<MigrationFile> rollbacks =
                List.of(file("3_i.sql", "drop index i"), file("2_b.sql", "drop table b; drop table nowhere"));

        assertThatThrownBy(() -> deployer.revert(rollbacks, outcome -> {}))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Migration rollbacks/2_b.sql, line 1, column 15, failed in statement 2 of 2")
                .hasMessageContaining("The whole file was rolled back. Taken back before it: 3_i.sql.")
                .hasMessageContaining("Correct rollbacks/2_b.sql");
        assertThat(database.query(APPLIED)).containsExactly("1", "2");
        assertThat(database.query("select to_regclass('b')::text")).containsExactly("b");
    }

    @Test
    void aFileThatEndsItsOwnTransactionIsRefusedBeforeAnythingRuns() throws Exception {
        List<MigrationFile> rollbacks =
                List.of(file("3_i.sql", "drop index i"), file("2_b.sql", "drop table b; commit; select 1"));

        assertThatThrownBy(() -> deployer.revert(rollbacks, outcome -> {}))
                .hasMessageContaining("2_b.sql, line 1, column 15, has COMMIT");
        assertThat(database.query(APPLIED)).hasSize(3);
    }
}
