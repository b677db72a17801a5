package io.jenkins.plugins.supabase.bench;

import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.RestoredStorage;
import io.jenkins.plugins.supabase.core.backup.restore.StorageRestore;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.S3Server;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Backs up a project with many storage objects into an S3 server (S3Proxy), again with nothing changed, and again with
 * a few of them changed; then verifies and restores. The argument is the number of objects, 10000 without one. Needs
 * pg_dump, and {@code target/s3-server} of the tests.
 */
public final class StorageBenchmark {
    private static final PrintStream OUT = System.out;
    private static final int AT_ONCE = 500;
    private static final int LARGEST_BYTES = 16 << 10;
    private static final int CHANGED = 12;

    private final Set<String> sent = new HashSet<>();

    private StorageBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        new StorageBenchmark().run(arguments.length == 0 ? 10_000 : Integer.parseInt(arguments[0]));
    }

    private void run(int number) throws Exception {
        Path folder = Files.createTempDirectory("supabase-delivery-bench-");
        try (StorageFixture fixture = new StorageFixture(folder);
                S3Server server = new S3Server(folder);
                Destination archive = server.settings(S3Server.BUCKET, null, S3Server.SECRET_KEY).open()) {
            fixture.bucket("files");
            fill(fixture, number);
            BackupStore store = new BackupStore("production", List.of(archive));
            backUp("first run", fixture, store);
            backUp("nothing changed", fixture, store);
            for (int i = 0; i < CHANGED; i++) {
                fixture.project.objects().put("files", "folder/" + i, new byte[] {(byte) i}, "text/plain");
            }
            backUp(CHANGED + " changed", fixture, store);
            StoredBackup latest = store.find(BackupStore.LATEST, fixture.backups.signingKey.verificationKey());
            long start = System.nanoTime();
            boolean sound = new BackupVerifier(store, ScratchServers.onThisMachine(), 2, line -> {})
                    .run(latest, Depth.READ, fixture.backups.identity, false)
                    .isSound();
            OUT.printf("%-16s %6.2f s, sound: %b%n", "verify by read", seconds(start), sound);
            StandInProject other = fixture.standIn.createProject("zyxwvutsrqponmlkjihg");
            restore("restore", fixture, store, latest, other);
            restore("restore again", fixture, store, latest, other);
        }
    }

    private static void fill(StorageFixture fixture, int number) {
        Random random = new Random(7);
        for (int from = 0; from < number; from += AT_ONCE) {
            Map<String, byte[]> objects = new HashMap<>();
            for (int i = from; i < Math.min(from + AT_ONCE, number); i++) {
                byte[] content = new byte[random.nextInt(LARGEST_BYTES)];
                random.nextBytes(content);
                objects.put("folder/" + i, content);
            }
            fixture.project.objects().putAll("files", objects, "application/octet-stream");
        }
    }

    private void backUp(String name, StorageFixture fixture, BackupStore store) throws Exception {
        long reads = fixture.reads();
        long start = System.nanoTime();
        BackupResult made = fixture.backUp(store);
        double seconds = seconds(start);
        StorageSummary storage = made.manifest().storage();
        List<BackupPart> news = made.manifest().parts().stream().filter(part -> sent.add(part.sha256())).toList();
        long ofObjects = news.stream().filter(part -> part.kind() == PartKind.OBJECTS).count();
        OUT.printf(
                "%-16s %6.2f s, %d objects (%.1f MB), %d read, %d reused; parts sent: %d of %d, %d of them of objects,"
                        + " %.2f MB%n",
                name, seconds, storage.objects(), storage.bytes() / 1e6, fixture.reads() - reads, storage.reused(),
                news.size(), made.manifest().parts().size(), ofObjects,
                news.stream().mapToLong(BackupPart::size).sum() / 1e6);
    }

    private static void restore(
            String name, StorageFixture fixture, BackupStore store, StoredBackup backup, StandInProject other)
            throws InterruptedException {
        long start = System.nanoTime();
        RestoredStorage restored = new StorageRestore(store, false, ManagementOptions.DEFAULT, line -> {}).run(
                backup,
                fixture.backups.identity,
                new Environment("other", other.ref(), fixture.standIn.managementUrl(), other.url(), null),
                fixture.access());
        OUT.printf("%-16s %6.2f s, %d written, %d there already%n", name, seconds(start), restored.written(),
                restored.same());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
