package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup as a step asks for it: what is down is left out, and an earlier attempt counts. */
class BackupOperationTest {
    private static final String EVENTS = "SELECT kind FROM supabase_delivery.audit_events ORDER BY seq";

    @TempDir
    private Path folder;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private BackupFixture fixture;
    private TestDatabase database;

    @BeforeEach
    void prepare() throws Exception {
        fixture = new BackupFixture(folder);
        database = TestDatabase.create();
        database.execute("CREATE TABLE votes (id int PRIMARY KEY); INSERT INTO votes VALUES (1), (2)");
    }

    private BackupOperation operation(String id, int minDestinations) {
        BackupRequest asked = fixture.request(database);
        BackupRequest request = new BackupRequest(
                asked.environment(),
                asked.access(),
                asked.recipients(),
                asked.signingKey(),
                minDestinations,
                1,
                "test");
        List<Destination> destinations = fixture.store.destinations();
        BackupLog log = new BackupLog(
                request.environment(), request.access(), id, "alice", "https://ci.example/job/a/1/", lines::add);
        return new BackupOperation(request, destinations, log, lines::add);
    }

    @Test
    void isOnRecordAndMadeOnceForOneOperation() throws Exception {
        BackupSummary made = operation("one", 1).run(false);
        BackupSummary again = operation("one", 1).run(true);
        BackupSummary other = operation("two", 1).run(true);

        assertThat(again).isEqualTo(made);
        assertThat(other.id()).isNotEqualTo(made.id());
        assertThat(made.rows()).isEqualTo(2);
        assertThat(made.destinations()).containsExactly("near", "far");
        assertThat(made.contents()).anySatisfy(content -> {
            assertThat(content.name()).isEqualTo("public.votes");
            assertThat(content.rows()).isEqualTo(2);
        });
        assertThat(database.query(EVENTS)).containsExactly("backup.made", "backup.made");
        assertThat(database.query("SELECT actor || ' ' || subject FROM supabase_delivery.audit_events WHERE seq = 1"))
                .containsExactly("alice backup/" + made.id());
    }

    @Test
    void aDestinationThatIsDownIsLeftOutUnlessItIsWanted() throws Exception {
        Files.delete(folder.resolve("far"));

        assertThatThrownBy(() -> operation("one", 2).run(false))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Of 2 destinations only 1 can be reached, and the backup is wanted in at least 2")
                .hasMessageContaining("far");
        assertThat(fixture.store.destinations().get(0).list("backups/")).isEmpty();

        BackupSummary made = operation("two", 1).run(false);

        assertThat(made.destinations()).containsExactly("near");
        assertThat(made.failures()).containsOnlyKeys("far");
    }

    @Test
    void whatTheAttemptBeforeCouldNotReadIsTold() throws Exception {
        operation("one", 1).run(false);
        BackupSummary wanting = BackupSummary.of(
                fixture.latest().manifest(), List.of("near", "far"), Map.of(), List.of("No storage objects."), 7);
        new BackupLog(fixture.request(database).environment(), BackupFixture.ACCESS, "two", "alice", "", lines::add)
                .made(wanting);

        BackupSummary again = operation("two", 1).run(true);

        assertThat(again.problems()).containsExactly("No storage objects.");
        assertThat(again.durationMillis()).isEqualTo(7);
    }

    @Test
    void afterARestartTheAttemptBeforeIsWaitedFor() throws Exception {
        try (Connection earlier = database.connect();
                Statement statement = earlier.createStatement()) {
            statement.execute("SELECT pg_advisory_lock(%d, 2)".formatted(AdvisoryLock.NAMESPACE));
            assertThatThrownBy(() -> operation("one", 1).run(false)).hasMessageContaining("Another backup");

            Thread release = new Thread(() -> {
                while (lines.stream().noneMatch(line -> line.contains("waiting for its end"))) {
                    Thread.onSpinWait();
                }
                try {
                    earlier.close();
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            release.start();

            assertThat(operation("one", 1).run(true).destinations()).hasSize(2);
            release.join();
        }
    }

    @Test
    void oneThatWaitsForATableEndsAtOnceWhenItIsStopped() throws Exception {
        try (Connection other = database.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE votes IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Throwable> ended = new CompletableFuture<>();
            Thread backup = new Thread(() -> {
                try {
                    operation("one", 1).run(false);
                    ended.complete(null);
                } catch (Throwable e) {
                    ended.complete(e);
                }
            });
            backup.start();
            while (database.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND wait_event_type = 'Lock'").isEmpty()) {
                Thread.sleep(20);
            }
            backup.interrupt();

            assertThat(ended.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
        }
        assertThat(fixture.store.list(fixture.signingKey.verificationKey()).backups()).isEmpty();
    }

    @Test
    void verificationsAndRestoresAreOnRecordByWhatTheyFound() throws Exception {
        operation("one", 1).run(false);
        BackupLog log = new BackupLog(
                fixture.request(database).environment(), BackupFixture.ACCESS, "two", "alice", "", lines::add);
        log.verified(found("hashes", true));
        log.verified(found("read", true));
        log.verified(found("restore", false));
        log.restored(
                new RestoreSummary("1", "production", "2026-11-24T12:00:00Z", "db:5432/x", 5, 1, 1, null, null, null,
                        List.of()));
        log.removed("near", List.of("1"));
        log.removed("far", List.of());

        assertThat(database.query(EVENTS))
                .containsExactly(
                        "backup.made", "backup.checked", "backup.verified", "backup.unsound", "backup.restored",
                        "backup.removed");
    }

    private static VerificationSummary found(String depth, boolean sound) {
        return new VerificationSummary(
                "1", "production", "2026-11-24T12:00:00Z", depth, "2026-11-24T13:00:00Z", sound, 5, 3L,
                sound ? List.of() : List.of("It is damaged."), List.of("near"), 1, 1, 1);
    }
}
