package io.jenkins.plugins.supabase.core.migration;

import static io.jenkins.plugins.supabase.core.migration.Migrations.file;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.postgres.AppliedMigration;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MigrationComparisonTest {
    private static final String SQL = "create table a (x int);\ninsert into a values (1);\n";

    private static EditedMigration edited(String now, String... applied) {
        MigrationComparison comparison = MigrationComparison.of(
                List.of(file("1_a.sql", now)), List.of(new AppliedMigration("1", "a", List.of(applied))));
        assertThat(comparison.pending()).isEmpty();
        return comparison.edited().isEmpty() ? null : comparison.edited().get(0);
    }

    @Test
    void whatWasAppliedIsNotEdited() {
        assertThat(edited(SQL, "create table a (x int)", "insert into a values (1)")).isNull();
    }

    @Test
    void firstDifferingStatementIsNamedWithItsLine() {
        EditedMigration edited = edited(SQL, "create table a (x int)", "insert into a values (2)");
        assertThat(edited.statement()).isEqualTo(2);
        assertThat(edited.line()).isEqualTo(2);
        assertThat(edited.cosmetic()).isFalse();
        assertThat(edited.describe())
                .isEqualTo("Statement 2 (line 2) ran as \"insert into a values ( 2 )\" and now says"
                        + " \"insert into a values ( 1 )\".");
    }

    @Test
    void addedAndRemovedStatementsAreNamed() {
        assertThat(edited(SQL, "create table a (x int)").describe()).contains("Statement 2 (line 2) was added");
        assertThat(edited("create table a (x int);", "create table a (x int)", "drop table b").describe())
                .isEqualTo("Statement 2 was taken out after the migration had been applied: drop table b");
    }

    @Test
    void commentsAndLayoutAreNoChangeOfWhatRuns() {
        EditedMigration edited = edited(
                "-- why\ncreate table  a\n(x /* key */ int);insert into a values (1);",
                "create table a (x int)",
                "insert into a values (1)");
        assertThat(edited.cosmetic()).isTrue();
        assertThat(MigrationComparison.of(
                                List.of(file("1_a.sql", "-- x\nselect 1")),
                                List.of(new AppliedMigration("1", "a", List.of("select 1"))))
                        .disagreement())
                .isEmpty();
    }

    @Test
    void spaceInsideAStringIsAChange() {
        assertThat(edited("select 'a  b'", "select 'a b'").cosmetic()).isFalse();
        assertThat(edited("select $$a -- b\n$$", "select $$a$$").cosmetic()).isFalse();
    }

    @Test
    void historyWithoutStatementsCannotTell() {
        assertThat(edited(SQL)).isNull();
    }

    @Test
    void anEditKeepsPendingMigrationsFromBeingApplied() {
        MigrationComparison comparison = MigrationComparison.of(
                List.of(file("1_a.sql", "select 2"), file("2_b.sql", "select 3")),
                List.of(new AppliedMigration("1", "a", List.of("select 1"))));
        assertThat(comparison.disagreement().orElseThrow())
                .contains("1_a.sql was edited after it had been applied. Statement 1 (line 1) ran as \"select 1\"")
                .contains("Nothing was changed.")
                .contains("put the file back as it was");
    }

    @Test
    void missingAndLateAreTold() {
        MigrationComparison comparison = MigrationComparison.of(
                List.of(file("1_a.sql", "select 1"), file("3_c.sql", "select 3")),
                List.of(new AppliedMigration("2", "b", List.of("select 2"))));
        assertThat(comparison.missing()).extracting(AppliedMigration::fileName).containsExactly("2_b.sql");
        assertThat(comparison.late()).extracting(MigrationFile::fileName).containsExactly("1_a.sql");
        assertThat(comparison.pending()).hasSize(2);
        assertThat(comparison.applied()).isZero();
    }

    @Test
    void theHistoryKeepsWhatRanSoThatNothingLooksEditedAfterwards() throws Exception {
        TestDatabase database = TestDatabase.create();
        List<MigrationFile> files = Migrations.numbered("-- c\nselect 1;\nselect E'a\\'b' ;", "BEGIN;\nselect 2;\nCOMMIT;");
        try (Connection connection = database.connect()) {
            assertThat(MigrationHistory.applied(connection)).isEmpty();
            MigrationDeployer deployer =
                    new MigrationDeployer(connection, MigrationOptions.DEFAULTS, new ArrayList<String>()::add);
            deployer.apply(deployer.pending(files));
            MigrationComparison comparison = deployer.compare(files);
            assertThat(comparison.edited()).isEmpty();
            assertThat(comparison.applied()).isEqualTo(2);
        }
    }

    @Test
    void olderHistoriesKeepOnlyVersions() throws Exception {
        TestDatabase database = TestDatabase.create();
        database.execute("create schema supabase_migrations;"
                + "create table supabase_migrations.schema_migrations (version text primary key);"
                + "insert into supabase_migrations.schema_migrations values ('9'), ('10')");
        try (Connection connection = database.connect()) {
            assertThat(MigrationHistory.applied(connection))
                    .containsExactly(new AppliedMigration("10", "", List.of()), new AppliedMigration("9", "", List.of()));
        }
    }
}
