package io.jenkins.plugins.supabase.core.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.BackupResult;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.retention.Retention;
import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy;
import io.jenkins.plugins.supabase.core.backup.store.BackupPruning;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage objects in backups: read once, referred to as long as they stay the same. */
class StorageBackupTest {
    private static final int SMALL = 300;
    private static final String OBJECTS = "GET /storage/v1/object/authenticated/**";

    @TempDir
    private Path folder;

    private StorageFixture fixture;

    @BeforeEach
    void fill() throws Exception {
        fixture = new StorageFixture(folder);
        fixture.bucket("avatars");
        Map<String, byte[]> objects = new HashMap<>();
        for (int i = 0; i < SMALL; i++) {
            objects.put("users/" + i + ".txt", ("avatar " + i).getBytes(StandardCharsets.UTF_8));
        }
        objects.put("empty", new byte[0]);
        objects.put("Ünï/コード 1.txt", "unicode".getBytes(StandardCharsets.UTF_8));
        objects.put("a//b", "two slashes".getBytes(StandardCharsets.UTF_8));
        fixture.project.objects().putAll("avatars", objects, "text/plain");
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    private static StorageSummary summary(BackupResult result) {
        return result.manifest().storage();
    }

    private static Set<String> hashes(BackupResult result) {
        return result.manifest().parts().stream()
                .filter(part -> part.kind() == PartKind.OBJECTS || part.kind() == PartKind.OBJECTS_CONTINUED)
                .map(BackupPart::sha256)
                .collect(Collectors.toSet());
    }

    @Test
    void aSecondBackupReadsOnlyWhatChanged() throws Exception {
        fixture.project.objects().put("avatars", "video", noise(20 << 20), "video/mp4");
        BackupResult first = fixture.backUp();
        assertThat(summary(first)).isEqualTo(new StorageSummary(
                1, SMALL + 4, summary(first).bytes(), SMALL + 4, 0, 0, 0));
        assertThat(first.manifest().parts(PartKind.OBJECTS).size()).as("packed").isLessThan(8);
        assertThat(first.manifest().parts(PartKind.OBJECTS_CONTINUED)).as("of the video").hasSizeGreaterThan(1);
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();

        long before = fixture.reads();
        fixture.project.objects().put("avatars", "users/7.txt", new byte[] {7}, "text/plain");
        fixture.project.objects().put("avatars", "users/new.txt", new byte[] {8}, "text/plain");
        fixture.project.objects().remove("avatars", "users/9.txt");
        BackupResult second = fixture.backUp();

        assertThat(fixture.reads() - before).isEqualTo(2);
        assertThat(summary(second).read()).isEqualTo(2);
        assertThat(summary(second).reused()).isEqualTo(SMALL + 2);
        assertThat(hashes(second)).containsAll(hashes(first)).hasSize(hashes(first).size() + 1);
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
    }

    @Test
    void whatChangesOrVanishesAfterTheSnapshotIsReported() throws Exception {
        fixture.project.objects().lose("avatars", "users/1.txt");
        fixture.project.objects().overwrite("avatars", "users/2.txt", "newer".getBytes(StandardCharsets.UTF_8));

        BackupResult result = fixture.backUp();

        assertThat(result.problems()).isEmpty();
        assertThat(summary(result).missing()).isEqualTo(1);
        assertThat(summary(result).changed()).isEqualTo(1);
        assertThat(fixture.backups.log).anyMatch(line -> line.startsWith("WARNING: 1 storage object changed after"));
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
        long before = fixture.reads();
        assertThat(summary(fixture.backUp()).read()).as("both, as neither is what its row says").isEqualTo(2);
        assertThat(fixture.reads() - before).isEqualTo(2);
    }

    @Test
    void anInterruptedReadingGoesOnWhereItWas() throws Exception {
        fixture.project.objects().put("avatars", "video", noise(9 << 20), "video/mp4");
        fixture.project.faults().from(SMALL / 2, OBJECTS, Fault.status(403));

        BackupResult interrupted = fixture.backUp();

        assertThat(interrupted.manifest().storage()).isNull();
        assertThat(interrupted.problems()).singleElement().asString().startsWith("The backup holds no storage objects");
        fixture.project.faults().clear();
        long before = fixture.reads();
        BackupResult whole = fixture.backUp();
        assertThat(summary(whole).objects()).isEqualTo(SMALL + 4);
        assertThat(summary(whole).reused()).isPositive();
        assertThat(fixture.reads() - before).isEqualTo(summary(whole).read()).isLessThan(SMALL + 4);
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
        assertThat(fixture.backups.folders.get(0).resolve("backups/production/unfinished")).satisfiesAnyOf(
                path -> assertThat(path).doesNotExist(), path -> assertThat(path).isEmptyDirectory());
    }

    @Test
    void brokenConnectionsAreMadeAnew() throws Exception {
        fixture.project.objects().put("avatars", "video", noise(9 << 20), "video/mp4");
        String video = "GET /storage/v1/object/authenticated/avatars/video";
        fixture.project.faults().next(video, 2, Fault.cut()).next(video, Fault.drop()).next(video, Fault.status(503));

        BackupResult result = fixture.backUp();

        assertThat(result.problems()).isEmpty();
        assertThat(summary(result).missing()).isZero();
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
    }

    @Test
    void aDestinationThatLacksEarlierPartsGetsThem() throws Exception {
        Destination far = fixture.backups.store.destinations().get(1);
        fixture.backUp(new BackupStore("production", List.of(fixture.backups.store.destinations().get(0))));
        long before = fixture.reads();

        BackupResult both = fixture.backUp();

        assertThat(fixture.reads()).isEqualTo(before);
        assertThat(both.destinations()).containsExactlyInAnyOrder("near", "far");
        assertThat(fixture.backups.damages(far)).isEmpty();
    }

    @Test
    void sweepingKeepsPartsThatALaterBackupRefersTo() throws Exception {
        BackupResult first = fixture.backUp();
        BackupResult second = fixture.backUp();
        assertThat(hashes(second)).isEqualTo(hashes(first));
        Destination near = fixture.backups.store.destinations().get(0);
        BackupPruning pruning = new BackupPruning("production", near);
        pruning.remove(first.manifest().id());
        makeOld(fixture.backups.folders.get(0));

        BackupPruning.Sweep sweep = pruning.sweep(fixture.backups.signingKey.verificationKey(), Instant.now());

        assertThat(sweep.parts()).as("of the first backup's database").isPositive();
        assertThat(fixture.backups.damages(near)).isEmpty();
        BackupResult third = fixture.backUp();
        assertThat(hashes(third)).isEqualTo(hashes(first));
    }

    @Test
    void aBackupOfTheDatabaseAloneInBetweenTakesNoObjectsAway() throws Exception {
        BackupResult first = fixture.backUp();
        new BackupRunner(fixture.backups.store, line -> {}).run(fixture.request(BackupScope.DATABASE));
        makeOld(folder);
        new Retention("production", RetentionPolicy.parse("last 1"), false, line -> {}).run(
                fixture.backups.store.destinations(), fixture.backups.signingKey.verificationKey(), Instant.now());
        long before = fixture.reads();

        BackupResult last = fixture.backUp();

        assertThat(fixture.reads()).isEqualTo(before);
        assertThat(hashes(last)).isEqualTo(hashes(first));
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
    }

    private static void makeOld(Path folder) throws IOException {
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofDays(9)));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, old);
            }
        }
    }

    @Test
    void aFlippedBitIsFoundAndMended() throws Exception {
        fixture.project.objects().put("avatars", "video", noise(9 << 20), "video/mp4");
        BackupResult made = fixture.backUp();
        String damaged = made.manifest().parts(PartKind.OBJECTS_CONTINUED).get(0).sha256();
        Path file = fixture.backups.folders.get(0)
                .resolve("backups/production/parts/" + damaged.substring(0, 2) + "/" + damaged);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThat(fixture.backups.verify(Depth.READ, true).problems())
                .anyMatch(problem -> problem.contains("a part with storage objects (" + damaged + ")"));
        assertThat(fixture.backups.verify(Depth.READ, false).problems()).isEmpty();
    }
}
