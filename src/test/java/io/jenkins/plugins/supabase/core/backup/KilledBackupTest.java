package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.StorageRestore;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.backup.store.BackupPruning;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that back up a database, storage objects and configuration are killed (kill -9) at random moments after
 * their first word; {@code -Dbackup.kills=200} kills that many, {@code -Dbackup.seed} chooses other moments.
 */
class KilledBackupTest {
    private static final int KILLS = Integer.getInteger("backup.kills", 2);
    private static final long SEED = Long.getLong("backup.seed", System.nanoTime());
    private static final String ROWS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM t";
    private static final String BUCKET = "files";
    private static final int LATE_SHARE = 6;
    private static final int TOLD_EVERY = 25;
    private static final int OBJECTS = 60;
    private static final int LARGE_BYTES = 9 << 20;
    private static final int KEPT_BACKUPS = 4;
    private static final Duration LONG_AGO = BackupPruning.GRACE.plusDays(1);

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> stages = new TreeMap<>();
    private StorageFixture fixture;
    private Path root;
    private BackupStore near;
    private Path log;
    private Path signing;
    /** From the first word of a process to its end. */
    private long whole;

    @BeforeEach
    void create() throws Exception {
        fixture = new StorageFixture(folder);
        fixture.database.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u"
                + " FROM generate_series(1, 60000) g; CREATE TABLE s AS SELECT 1 AS a");
        fixture.bucket(BUCKET);
        root = fixture.backups.folders.get(0);
        near = new BackupStore("production", List.of(new FolderDestination("near", "", root)));
        log = folder.resolve("log.txt");
        signing = Files.writeString(folder.resolve("signing.pem"), fixture.backups.signingText);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void whatIsListedIsWholeWheneverTheProcessIsKilled() throws Exception {
        killed("after the manifest");
        killed("before the manifest");
        for (int kill = 0; kill < KILLS; kill++) {
            killed("never");
            if (kill % TOLD_EVERY == TOLD_EVERY - 1) {
                System.out.println("Backups killed: " + stages + ", seed " + SEED);
            }
        }

        requireEverything();
    }

    /** One backup is killed; what it leaves is looked at; another one then succeeds. */
    private void killed(String at) throws Exception {
        change();
        List<String> before = listed();
        int configured = fixture.standIn.requests().count("GET /v1/projects/*/config/auth");
        Process process = start(at);
        await(process, "Backup ");
        long start = System.nanoTime();
        boolean ended = true;
        if (at.equals("never")) {
            // What comes after the database is short.
            boolean late = random.nextBoolean();
            if (late) {
                await(process, "\nStorage: ");
            }
            long within = late ? whole / LATE_SHARE : whole;
            ended = process.waitFor((long) (within * random.nextDouble()), TimeUnit.NANOSECONDS);
            process.destroyForcibly();
        }
        int code = process.waitFor();
        if (at.startsWith("after")) {
            whole = System.nanoTime() - start;
        }
        String said = Files.readString(log);
        assertThat(code == 128 + 9 || code == 0 && at.equals("never"))
                .as("it was to be killed, %s, and ended with %d: %s", at, code, said)
                .isTrue();
        boolean begunConfig = fixture.standIn.requests().count("GET /v1/projects/*/config/auth") > configured;
        String id = said.replaceFirst("(?s)^Backup (\\S+) of.*", "$1");
        stages.merge(ended && code == 0 ? "ended before" : stage(said, id, begunConfig), 1, Integer::sum);

        List<String> now = listed();
        assertThat(now).as("seed %d, %s", SEED, said).containsAll(before).isSubsetOf(with(before, id));
        assertThat(now.contains(id)).isEqualTo(Files.exists(manifests().resolve(id + ".json")));
        requireSound(latest(), Depth.HASHES);
        awaitUnlocked();
        if (random.nextBoolean()) {
            collectLeftovers();
        }
        fixture.backUp(near);
        keepFew();
    }

    private String stage(String said, String id, boolean begunConfig) {
        if (Files.exists(manifests().resolve(id + ".json"))) {
            return "6 after its manifest";
        }
        if (Files.exists(manifests().resolve(id + ".sig"))) {
            return "5 before its manifest";
        }
        if (begunConfig) {
            return "4 from the configuration on";
        }
        return said.contains("\nStorage: ") ? "3 storage" : said.contains("\nSnapshot ") ? "2 database" : "1 snapshot";
    }

    private static List<String> with(Collection<String> ids, String id) {
        return Stream.concat(ids.stream(), Stream.of(id)).toList();
    }

    private Path manifests() {
        return root.resolve("backups/production/manifests");
    }

    private List<String> listed() throws Exception {
        BackupStore.Listing listing = near.list(fixture.backups.signingKey.verificationKey());
        assertThat(listing.problems()).as("seed %d", SEED).isEmpty();
        return listing.backups().stream().map(backup -> backup.manifest().id()).toList();
    }

    private StoredBackup latest() throws Exception {
        return near.find(BackupStore.LATEST, fixture.backups.signingKey.verificationKey());
    }

    private void requireSound(StoredBackup backup, Depth depth) throws Exception {
        assertThat(new BackupVerifier(near, ScratchServers.onThisMachine(), 2, line -> {})
                        .run(backup, depth, depth == Depth.HASHES ? null : fixture.backups.identity, false)
                        .problems())
                .as("seed %d", SEED)
                .isEmpty();
    }

    /** So that each backup has rows and objects to read that the one before has not. */
    private void change() throws Exception {
        fixture.database.execute("INSERT INTO t SELECT g, gen_random_uuid()"
                + " FROM generate_series((SELECT max(id) + 1 FROM t), (SELECT max(id) + 9 FROM t)) g");
        Map<String, byte[]> objects = new HashMap<>();
        for (int i = 0; i < OBJECTS; i++) {
            objects.put("folder/" + i, noise(1 + random.nextInt(100_000)));
        }
        objects.put("large", noise(LARGE_BYTES));
        fixture.project.objects().putAll(BUCKET, objects, "application/octet-stream");
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private void keepFew() throws Exception {
        BackupPruning pruning = new BackupPruning("production", near.destinations().get(0));
        for (String id : listed().stream().skip(KEPT_BACKUPS).toList()) {
            pruning.remove(id);
        }
    }

    /** Nothing stays in the folder but what backups that are listed consist of. */
    private void collectLeftovers() throws Exception {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(LONG_AGO)));
            }
        }
        // A destination opened anew, as the next build does it.
        Destination opened = new FolderDestination("near", "", root);
        BackupPruning.Sweep swept = new BackupPruning("production", opened)
                .sweep(fixture.backups.signingKey.verificationKey(), Instant.now());
        assertThat(swept.reason()).isEmpty();

        Set<String> wanted = new TreeSet<>();
        for (String id : listed()) {
            wanted.addAll(List.of(id + ".json", id + ".sig"));
            near.find(id, fixture.backups.signingKey.verificationKey())
                    .manifest()
                    .parts()
                    .forEach(part -> wanted.add(part.sha256()));
        }
        try (Stream<Path> files = Files.walk(root)) {
            Set<String> there = files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(root.resolve("backups/production/verifications")))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());
            assertThat(there).as("seed %d", SEED).isEqualTo(wanted);
        }
    }

    private void requireEverything() throws Exception {
        for (String id : listed()) {
            requireSound(near.find(id, fixture.backups.signingKey.verificationKey()), Depth.READ);
        }
        collectLeftovers();
        change();
        fixture.backUp(near);

        assertThat(fixture.database.query(ROWS))
                .containsExactly(fixture.backups.askRestored(near, fixture.database, ROWS));
        StandInProject target = fixture.standIn.createProject("zyxwvutsrqponmlkjihg");
        new StorageRestore(near, false, ManagementOptions.DEFAULT, line -> {}).run(
                latest(), fixture.backups.identity,
                new Environment("staging", target.ref(), fixture.standIn.managementUrl(), target.url(), null),
                new Access(null, null, null, new SecretText(target.keys().secret())));
        assertThat(target.objects().count()).isEqualTo(OBJECTS + 1);
        for (String key : List.of("large", "folder/0", "folder/" + (OBJECTS - 1))) {
            assertThat(target.objects().content(BUCKET, key))
                    .hasValue(fixture.project.objects().content(BUCKET, key).orElseThrow());
        }
    }

    private Process start(String killedAt) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC", "-Xshare:auto", "-cp", System.getProperty("java.class.path"),
                KilledBackup.class.getName(), root.toString(), killedAt, signing.toString(),
                fixture.backups.identity.recipient().text(), fixture.database.url(), fixture.standIn.managementUrl(),
                fixture.project.url()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put(KilledBackup.TOKEN, fixture.standIn.accessToken());
        return builder.start();
    }

    private void await(Process process, String word) throws Exception {
        while (process.isAlive() && !Files.readString(log).contains(word)) {
            Thread.sleep(1);
        }
    }

    /** The server notices that a client is gone when it next writes to it. */
    private void awaitUnlocked() throws Exception {
        for (int i = 0; i < 1000 && !fixture.database.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory'"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())").isEmpty(); i++) {
            Thread.sleep(10);
        }
    }
}
