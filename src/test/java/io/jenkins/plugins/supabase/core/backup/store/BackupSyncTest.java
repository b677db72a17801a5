package io.jenkins.plugins.supabase.core.backup.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.testing.BreakingDestination;
import io.jenkins.plugins.supabase.testing.SmallBackups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupSyncTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir
    private Path root;

    private final SmallBackups backups = new SmallBackups();
    private Destination first;
    private Destination second;
    private Destination away;

    @BeforeEach
    void folders() throws Exception {
        first = folder("first");
        second = folder("second");
        away = folder("away");
    }

    @Test
    void bringsWhatADestinationMissed() throws Exception {
        String before = backups.make(NOW, first, away);
        String missed = backups.make(NOW.plusSeconds(60), first);

        BackupSync.Result result = sync(away, first);

        assertThat(result.backups()).containsExactly(missed);
        assertThat(result.problems()).isEmpty();
        assertThat(backups.listed(away)).containsExactly(missed, before);
        assertThat(backups.damages(away)).isEmpty();
        assertThat(sync(away, first).backups()).isEmpty();
    }

    @Test
    void takesEachPartFromWhoeverHasItSound() throws Exception {
        String id = backups.make(NOW, first, second);
        damage("first", 0);
        damage("second", 1);

        BackupSync.Result result = sync(away, first, second);

        assertThat(result.backups()).containsExactly(id);
        assertThat(backups.damages(away)).isEmpty();
    }

    @Test
    void copiesNoBackupThatIsDamagedEverywhereAndGoesOnWithTheNext() throws Exception {
        String damaged = backups.make(NOW, first);
        damage("first", 0);
        String good = backups.make(NOW.plusSeconds(60), first);

        BackupSync.Result result = sync(away, first);

        assertThat(result.backups()).containsExactly(good);
        assertThat(result.problems()).singleElement().asString().contains(damaged, "does not have its SHA-256");
        assertThat(backups.listed(away)).containsExactly(good);
    }

    @Test
    void replacesACopyThatWasCut() throws Exception {
        String id = backups.make(NOW, first, away);
        Files.delete(root.resolve("away/backups/production/manifests/" + id + ".json"));
        Path cut = part("away", 2);
        Files.write(cut, new byte[7]);

        assertThat(sync(away, first).backups()).containsExactly(id);

        assertThat(backups.damages(away)).isEmpty();
    }

    @Test
    void endedAnywhereItListsNothingThatIsNotWhole() throws Exception {
        String id = backups.make(NOW, first);
        boolean spent = true;
        for (int changes = 0; spent; changes++) {
            Destination target = folder("target-" + changes);
            BreakingDestination breaking = new BreakingDestination(target, changes);

            sync(breaking, first);

            assertThat(backups.damages(target)).as("after %d changes", changes).isEmpty();
            spent = breaking.isSpent();
            sync(target, first);
            assertThat(backups.listed(target)).containsExactly(id);
            assertThat(backups.damages(target)).isEmpty();
        }
    }

    private BackupSync.Result sync(Destination target, Destination... sources) throws Exception {
        BackupStore store = new BackupStore(SmallBackups.ENVIRONMENT, List.of(sources));
        return new BackupSync(SmallBackups.ENVIRONMENT, store, target, line -> {}).run(backups.key());
    }

    private Destination folder(String name) throws Exception {
        return new FolderDestination(name, null, Files.createDirectory(root.resolve(name)));
    }

    private void damage(String folder, int number) throws Exception {
        Path file = part(folder, number);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    private Path part(String folder, int number) throws Exception {
        List<BlobStat> parts = new FolderDestination(folder, null,
                root.resolve(folder)).list("backups/production/parts/");
        return root.resolve(folder).resolve(parts.get(number).key());
    }
}
