package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.BreakingDestination;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases that change, hinder or go away while they are backed up, and destinations that do. */
class ChangingDatabaseTest {
    private static final String BLIND = "DO $$BEGIN CREATE ROLE blind LOGIN PASSWORD 'blind'; EXCEPTION WHEN"
            + " duplicate_object THEN NULL; END$$;";

    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private TestDatabase source;

    @BeforeEach
    void create() throws Exception {
        fixture = new BackupFixture(folder);
        source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, 'before' AS state FROM generate_series(1, 30000) g;"
                + "CREATE SEQUENCE s; SELECT setval('s', 7)");
    }

    @Test
    void rowsSequencesAndTablesOfTheSnapshotCount() throws Exception {
        Progress changing = onSnapshot(() -> source.execute("UPDATE t SET state = 'after'; DELETE FROM t WHERE id < 9;"
                + "INSERT INTO t SELECT g, 'new' FROM generate_series(1, 99) g; CREATE TABLE later AS SELECT 1 AS a;"
                + "CREATE INDEX ON t (id); SELECT setval('s', 1000)"));

        new BackupRunner(fixture.store, changing).run(fixture.request(source));

        assertThat(source.query("SELECT count(*) FROM t WHERE state = 'before'")).containsExactly("0");
        assertThat(fixture.verify(Depth.RESTORE, false).problems()).isEmpty();
        assertThat(fixture.latest().manifest().parts())
                .noneMatch(part -> part.table().equals("later"))
                .anyMatch(part -> part.table().equals("t"));
        assertThat(fixture.latest().manifest().rows()).isEqualTo(30000);
    }

    @Test
    void aTableIsNotChangedUnderTheBackup() throws Exception {
        Progress changing = onSnapshot(() -> assertThatThrownBy(
                        () -> source.execute("SET lock_timeout = '100ms'; ALTER TABLE t DROP COLUMN state"))
                .hasMessageContaining("lock timeout"));

        assertThat(new BackupRunner(fixture.store, changing).run(fixture.request(source)).destinations()).hasSize(2);
    }

    @Test
    void aConnectionThatIsCutLeavesNothingListed() {
        Progress cutting = onSnapshot(() -> source.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()"));

        assertThatThrownBy(() -> new BackupRunner(fixture.store, cutting).run(fixture.request(source)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Nothing of it is listed");
        assertThatThrownBy(fixture::latest).hasMessageContaining("There is no backup");
    }

    @Test
    void aSecondOneAtTheSameTimeIsRefused() throws Exception {
        Progress second = onSnapshot(() -> assertThatThrownBy(() -> fixture.backUp(source))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Another backup of this database is being made"));

        assertThat(new BackupRunner(fixture.store, second).run(fixture.request(source)).destinations()).hasSize(2);
    }

    @Test
    void whatTheUserMayNotReadIsNamed() throws Exception {
        source.execute(BLIND + "ALTER TABLE t ENABLE ROW LEVEL SECURITY; GRANT SELECT ON t TO blind;"
                + "CREATE TABLE \"hid den\" (a int); CREATE TABLE parted (a int) PARTITION BY LIST (a)");

        assertThatThrownBy(() -> new BackupRunner(fixture.store, line -> {}).run(byTheBlind()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll(
                        "GRANT SELECT ON TABLE \"public\".\"hid den\"", "GRANT SELECT ON TABLE \"public\".\"parted\"",
                        "GRANT SELECT ON SEQUENCE \"public\".\"s\"",
                        "row-level security hides rows of \"public\".\"t\"");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatIsLeftOutAnywayNeedsNoGrant() throws Exception {
        source.execute(BLIND + "GRANT SELECT ON t, s TO blind; CREATE SCHEMA vault; CREATE SCHEMA realtime;"
                + "CREATE TABLE vault.secrets (id serial, secret text); CREATE VIEW vault.seen AS SELECT 1 AS a;"
                + "CREATE TABLE realtime.\"Messages\" (a int) PARTITION BY LIST (a);"
                + "CREATE TABLE realtime.one PARTITION OF realtime.\"Messages\" FOR VALUES IN (1)");

        BackupResult made = new BackupRunner(fixture.store, line -> {}).run(byTheBlind());

        assertThat(made.manifest().notes())
                .anyMatch(note -> note.contains("platform's own definitions")
                        && note.contains("\"realtime\".\"Messages\", \"realtime\".\"one\", \"vault\".\"secrets\""));
        assertThat(fixture.askRestored(fixture.store, source, "SELECT to_regclass('vault.secrets') IS NULL"
                + " AND to_regclass('vault.seen') IS NOT NULL AND (SELECT count(*) FROM t) = 30000")).isEqualTo("t");
    }

    private BackupRequest byTheBlind() {
        BackupRequest request = fixture.request(source);
        return new BackupRequest(
                request.environment(), new Access(null, "blind", new SecretText("blind"), null),
                request.recipients(), request.signingKey(), 1, 2, "test");
    }

    @Test
    void theTransactionPoolerIsRefused() {
        BackupRequest asked = fixture.request(source);
        BackupRequest pooler = new BackupRequest(
                BackupFixture.environment("postgresql://127.0.0.1:6543/postgres"), asked.access(), asked.recipients(),
                asked.signingKey(), 1, 2, "test");

        assertThatThrownBy(() -> new BackupRunner(fixture.store, line -> {}).run(pooler))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("transaction pooler (port 6543)", "nothing was backed up");
    }

    @Test
    void aBackupIsKeptAmongThoseOfItsEnvironmentAlone() throws Exception {
        BackupStore staging = new BackupStore(
                "staging", List.of(new FolderDestination("near", "", fixture.folders.get(0))));

        assertThatThrownBy(() -> new BackupRunner(staging, line -> {}).run(fixture.request(source)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("among those of 'staging'");
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void oneDestinationThatFailsDoesNotStopTheOther() throws Exception {
        BackupStore store = withFailing();

        BackupResult result = new BackupRunner(store, line -> {}).run(fixture.request(source));

        assertThat(result.destinations()).containsExactly("far");
        assertThat(result.failures()).containsOnlyKeys("near").containsEntry("near", "The destination broke.");
        assertThat(fixture.latest().destinationNames()).containsExactly("far");
        assertThat(fixture.verify(Depth.RESTORE, false).problems())
                .allMatch(problem -> problem.contains("destination near has no backups/production/manifests/"));
    }

    @Test
    void tooFewDestinationsEndIt() throws Exception {
        BackupRequest request = fixture.request(source);
        BackupRequest both = new BackupRequest(
                request.environment(), request.access(), request.recipients(), request.signingKey(), 2, 2, "test");

        assertThatThrownBy(() -> new BackupRunner(withFailing(), line -> {}).run(both))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("only 1 can still be written to", "The destination broke.", "Nothing of it is"
                        + " listed");
        assertThatThrownBy(fixture::latest).hasMessageContaining("There is no backup");
    }

    private BackupStore withFailing() {
        Destination failing =
                new BreakingDestination(new FolderDestination("near", "", fixture.folders.get(0)), 3);
        return new BackupStore(
                "production", List.of(failing, new FolderDestination("far", "", fixture.folders.get(1))));
    }

    private interface Change {
        void make() throws SQLException, InterruptedException;
    }

    private static Progress onSnapshot(Change change) {
        return line -> {
            if (line.startsWith("Snapshot of ")) {
                try {
                    change.make();
                } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }
}
