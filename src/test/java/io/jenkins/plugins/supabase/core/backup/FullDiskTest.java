package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.BackupSync;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real file system that is too small. Writes on it are cut where the room ends, and then refused. */
class FullDiskTest {
    private static final String ROWS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM t";

    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private Path small;
    private boolean mounted;
    private TestDatabase source;

    @BeforeEach
    void mount() throws Exception {
        fixture = new BackupFixture(folder);
        small = fixture.folders.get(0);
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        assumeThat(mounted).as("only root can mount a small file system").isTrue();
        source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u, gen_random_uuid() AS v"
                + " FROM generate_series(1, 60000) g");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor() == 0;
    }

    @Test
    void theOtherDestinationHasItAndTheFullOneCatchesUpOnceThereIsRoom() throws Exception {
        BackupResult backup = fixture.backUp(source);

        assertThat(backup.destinations()).containsExactly("far");
        assertThat(backup.failures()).containsOnlyKeys("near");
        assertThat(backup.failures().get("near")).contains("destination near");
        assertThat(fixture.latest().destinationNames()).containsExactly("far");
        assertThat(source.query(ROWS)).containsExactly(fixture.askRestored(fixture.store, source, ROWS));

        assertThat(run("mount", "-o", "remount,size=64m", small.toString())).isTrue();
        BackupStore far = new BackupStore(
                "production", List.of(new FolderDestination("far", "", fixture.folders.get(1))));
        BackupSync.Result copied = new BackupSync(
                        "production", far, new FolderDestination("near", "", small), line -> {})
                .run(fixture.signingKey.verificationKey());
        assertThat(copied.problems()).isEmpty();
        assertThat(fixture.verify(Depth.READ, false).problems()).isEmpty();
    }

    @Test
    void withoutAnotherDestinationThereIsNoneAndTheNextOneIsWhole() throws Exception {
        BackupRequest asked = fixture.request(source);
        BackupStore near = new BackupStore("production", List.of(new FolderDestination("near", "", small)));

        assertThatThrownBy(() -> new BackupRunner(near, line -> {}).run(asked))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("destination near", "Nothing of it is listed");
        assertThat(near.list(fixture.signingKey.verificationKey()).backups()).isEmpty();

        assertThat(run("mount", "-o", "remount,size=64m", small.toString())).isTrue();
        new BackupRunner(near, line -> {}).run(asked);
        assertThat(source.query(ROWS)).containsExactly(fixture.askRestored(near, source, ROWS));
    }
}
