package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.BackupSync;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that takes all writes and, asked to keep them, answers EIO: a file system whose device ends before it does.
 * Without a journal and with small folders inside of inodes, nothing but data is written beyond the end.
 */
class FailingFsyncTest {
    private static final String ROWS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM t";
    private static final long WHOLE_BYTES = 64L << 20;
    /** Where the tables of such a file system's inodes end, and but a few free blocks are before. */
    private static final long FAILING_BYTES = 400L << 10;

    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private TestDatabase source;
    private Path near;
    private Path image;
    private String device = "";
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        fixture = new BackupFixture(folder);
        near = fixture.folders.get(0);
        image = folder.resolve("disk");
        resize(WHOLE_BYTES);
        device = output("losetup", "--find", "--show", image.toString());
        mounted = !device.isEmpty()
                && run("mkfs.ext4", "-q", "-O", "^has_journal,^resize_inode,inline_data", "-N", "1024", "-b",
                        "4096", device)
                && run("mount", device, near.toString());
        assumeThat(mounted).as("only root, with loop devices and mkfs.ext4, can mount such a disk").isTrue();
        source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 30000) g");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            run("umount", near.toString());
        }
        if (!device.isEmpty()) {
            run("losetup", "--detach", device);
        }
    }

    private void resize(long bytes) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
    }

    private void setDevice(long bytes) throws Exception {
        resize(bytes);
        assertThat(run("losetup", "--set-capacity", device)).isTrue();
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String output(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            String output = new String(process.getInputStream().readAllBytes()).strip();
            return process.waitFor() == 0 ? output : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void theOtherDestinationHasItAndThisOneCatchesUpOnceItsDiskIsWell() throws Exception {
        setDevice(FAILING_BYTES);
        FolderDestination failing = new FolderDestination("near", "", near);
        assertThat(catchThrowable(() -> failing.put("probe/object", BlobContent.of(new byte[1 << 20]))).getCause())
                .as("it is fsync that fails")
                .hasMessage("Input/output error")
                .satisfies(cause -> assertThat(cause.getStackTrace()[0].getMethodName()).startsWith("force"));

        BackupResult backup = fixture.backUp(source);

        assertThat(backup.destinations()).containsExactly("far");
        assertThat(backup.failures()).containsOnlyKeys("near");
        assertThat(backup.failures().get("near")).contains("destination near", "Input/output error");
        assertThat(failing.list("backups/production/manifests/")).isEmpty();
        assertThat(source.query(ROWS)).containsExactly(fixture.askRestored(fixture.store, source, ROWS));

        setDevice(WHOLE_BYTES);
        BackupStore far = new BackupStore(
                "production", List.of(new FolderDestination("far", "", fixture.folders.get(1))));
        assertThat(new BackupSync("production", far, failing, line -> {})
                        .run(fixture.signingKey.verificationKey())
                        .problems())
                .isEmpty();
        assertThat(fixture.verify(Depth.READ, false).problems()).isEmpty();
        assertThat(fixture.latest().destinationNames()).containsExactly("near", "far");
    }
}
