package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.BackupSync;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.FaultProxy;
import io.jenkins.plugins.supabase.testing.FaultProxy.Fault;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups to a real S3 server that fails for a while, or until the backup has ended, beside a folder that does not. */
@Timeout(180)
class S3BackupFaultsIT {
    private static final String ROWS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM t";

    private static S3Server server;

    @TempDir
    private Path folder;

    private FaultProxy proxy;
    private BackupFixture fixture;
    private TestDatabase source;
    private Destination bucket;
    private Destination far;

    @BeforeAll
    static void startServer(@TempDir Path directory) throws Exception {
        server = new S3Server(directory);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void create() throws Exception {
        fixture = new BackupFixture(folder);
        source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 60000) g");
        proxy = new FaultProxy(URI.create(server.url()).getPort());
        bucket = new S3Destination(
                new S3Settings("bucket", "here", "us-east-1", "http://127.0.0.1:" + proxy.port(), S3Server.BUCKET,
                        UUID.randomUUID().toString(), true, S3Server.ACCESS_KEY, S3Server.SECRET_KEY, null, null),
                new S3Patience(Duration.ofSeconds(2), Duration.ofSeconds(2), 3));
        far = new FolderDestination("far", "", fixture.folders.get(1));
    }

    @AfterEach
    void close() throws Exception {
        bucket.close();
        proxy.close();
    }

    private BackupStore both() {
        return new BackupStore("production", List.of(bucket, far));
    }

    private BackupResult backUp(Runnable onSnapshot) throws InterruptedException {
        return new BackupRunner(both(), line -> {
            if (line.startsWith("Snapshot of ")) {
                onSnapshot.run();
            }
        }).run(fixture.request(source));
    }

    /** Restored from the destination alone, and compared row by row. */
    private void requireWhole(Destination destination) throws Exception {
        BackupStore alone = new BackupStore("production", List.of(destination));
        assertThat(source.query(ROWS)).containsExactly(fixture.askRestored(alone, source, ROWS));
    }

    private void requireCaughtUp() throws Exception {
        assertThat(new BackupSync("production", new BackupStore("production", List.of(far)), bucket, line -> {})
                        .run(fixture.signingKey.verificationKey())
                        .problems())
                .isEmpty();
        requireWhole(bucket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 Internal Server Error", "503 Slow Down"})
    void aServerThatAnswersErrorsIsLeftOutAndCatchesUp(String status) throws Exception {
        BackupResult backup = backUp(() -> proxy.answer(status));

        assertThat(backup.destinations()).containsExactly("far");
        assertThat(backup.failures().get("bucket")).contains(status.substring(0, 3));
        proxy.answer(null);
        requireCaughtUp();
    }

    @Test
    void aServerThatHangsIsLeftOutAndCatchesUp() throws Exception {
        BackupResult backup = backUp(() -> proxy.after(0, Fault.STALL));

        assertThat(backup.destinations()).containsExactly("far");
        assertThat(backup.failures()).containsOnlyKeys("bucket");
        proxy.after(0, Fault.NONE);
        requireCaughtUp();
    }

    @Test
    void aShortFaultIsRiddenOut() throws Exception {
        BackupResult backup = backUp(() -> {
            proxy.answer("503 Slow Down");
            Thread mend = new Thread(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                proxy.answer(null);
            });
            mend.start();
        });

        assertThat(backup.failures()).isEmpty();
        requireWhole(bucket);
    }

    @Test
    void aloneItFailsAndNothingIsListed() throws Exception {
        BackupStore alone = new BackupStore("production", List.of(bucket));

        assertThatThrownBy(() -> new BackupRunner(alone, line -> {
            if (line.startsWith("Snapshot of ")) {
                proxy.answer("500 Internal Server Error");
            }
        }).run(fixture.request(source)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("Nothing of it is listed");
        proxy.answer(null);
        assertThat(alone.list(fixture.signingKey.verificationKey()).backups()).isEmpty();
    }
}
