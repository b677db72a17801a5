package io.jenkins.plugins.supabase.core.backup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.store.BackupPruning;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.testing.BreakingDestination;
import io.jenkins.plugins.supabase.testing.SmallBackups;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final Instant NOW = Instant.now();
    /** When the parts that the tests write are no longer young. */
    private static final Instant LATER = NOW.plus(BackupPruning.GRACE).plus(1, ChronoUnit.HOURS);
    private static final RetentionPolicy TWO = new RetentionPolicy(2, 0, 0, 0, null);

    @TempDir
    private Path root;

    private final SmallBackups backups = new SmallBackups();

    @Test
    void removesWhatNoRuleKeepsAndFreesItsParts() throws Exception {
        Destination folder = folder("a");
        List<String> ids = five(folder);

        Retention.Result result = run(folder, LATER);

        assertThat(backups.listed(folder)).containsExactly(ids.get(4), ids.get(3));
        assertThat(result.removed()).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(result.problems()).isEmpty();
        assertThat(parts(folder)).hasSize(6);
        assertThat(result.bytes()).isPositive();
        assertThat(backups.damages(folder)).isEmpty();
    }

    @Test
    void tellsWhatItWouldRemove() throws Exception {
        Destination folder = folder("a");
        List<String> ids = five(folder);

        Retention.Result result = new Retention(SmallBackups.ENVIRONMENT, TWO, true, line -> {})
                .run(List.of(folder), backups.key(), LATER).get(0);

        assertThat(result.removed()).containsExactly(ids.get(2), ids.get(1), ids.get(0));
        assertThat(backups.listed(folder)).hasSize(5);
        assertThat(parts(folder)).hasSize(15);
    }

    @Test
    void leavesYoungPartsAlone() throws Exception {
        Destination folder = folder("a");
        five(folder);

        assertThat(run(folder, NOW).bytes()).isZero();

        assertThat(parts(folder)).hasSize(15);
        assertThat(run(folder, LATER).bytes()).isPositive();
        assertThat(parts(folder)).hasSize(6);
    }

    @Test
    void endedAnywhereItLeavesWholeBackupsAndIsEndedByTheNextRun() throws Exception {
        boolean spent = true;
        for (int changes = 0; spent; changes++) {
            Destination folder = folder("run-" + changes);
            List<String> ids = five(folder);
            BreakingDestination breaking = new BreakingDestination(folder, changes);

            run(breaking, LATER);

            assertThat(backups.damages(folder)).as("after %d changes", changes).isEmpty();
            assertThat(backups.listed(folder)).startsWith(ids.get(4), ids.get(3));
            spent = breaking.isSpent();
            run(folder, LATER);
            assertThat(backups.listed(folder)).containsExactly(ids.get(4), ids.get(3));
            assertThat(parts(folder)).hasSize(6);
        }
    }

    @Test
    void deletesNoPartWhileAManifestCannotBeTrusted() throws Exception {
        Destination folder = folder("a");
        List<String> ids = five(folder);
        Path manifest = root.resolve("a/backups/production/manifests/" + ids.get(4) + ".json");
        Files.writeString(manifest, Files.readString(manifest).replace("15.14", "15.15"));

        Retention.Result result = run(folder, LATER);

        assertThat(parts(folder)).hasSize(15);
        assertThat(result.problems()).singleElement().asString()
                .contains(ids.get(4), "No part was deleted in destination a, as");
    }

    @Test
    void keepsTheNewestThatADrillProved() throws Exception {
        Destination folder = folder("a");
        List<String> ids = five(folder);
        verified(folder, ids.get(0), "restore", true);
        verified(folder, ids.get(1), "read", true);
        verified(folder, ids.get(2), "hashes", true);
        verified(folder, ids.get(2), "restore", false);

        run(folder, LATER);

        assertThat(backups.listed(folder)).containsExactly(ids.get(4), ids.get(3), ids.get(1));
        assertThat(folder.list("backups/production/verifications/" + ids.get(1))).isNotEmpty();
        assertThat(folder.list("backups/production/verifications/" + ids.get(2))).isEmpty();
    }

    /** A clock that goes back a day, stands still, and is a day ahead: what is newer, the sequence says. */
    @Test
    void clocksThatMoveChangeNoOrder() throws Exception {
        Destination folder = folder("a");
        List<String> ids = new ArrayList<>();
        for (Instant time : List.of(NOW, NOW.minus(1, ChronoUnit.DAYS), NOW.minus(1, ChronoUnit.DAYS),
                NOW.plus(1, ChronoUnit.DAYS), NOW.minus(2, ChronoUnit.DAYS))) {
            ids.add(backups.make(time, folder));
        }
        verified(folder, ids.get(1), "restore", true);

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(backups.listed(folder))
                .containsExactly(ids.get(4), ids.get(3), ids.get(2), ids.get(1), ids.get(0));
        run(folder, NOW.minus(1, ChronoUnit.DAYS));
        assertThat(backups.listed(folder)).containsExactly(ids.get(4), ids.get(3), ids.get(1));
        assertThat(backups.damages(folder)).isEmpty();
    }

    @Test
    void oneDestinationThatFailsDoesNotStopTheOthers() throws Exception {
        Destination good = folder("good");
        five(good);
        Destination gone = new FolderDestination("gone", null, root.resolve("gone"));

        List<Retention.Result> results = new Retention(SmallBackups.ENVIRONMENT, TWO, false, line -> {})
                .run(List.of(gone, good), backups.key(), LATER);

        assertThat(results.get(0).problems()).singleElement().asString().contains("gone");
        assertThat(results.get(1).removed()).hasSize(3);
    }

    private Destination folder(String name) throws Exception {
        return new FolderDestination(name, null, Files.createDirectory(root.resolve(name)));
    }

    private List<String> five(Destination folder) throws Exception {
        List<String> ids = new ArrayList<>();
        for (int day = 5; day > 0; day--) {
            ids.add(backups.make(NOW.minus(day, ChronoUnit.DAYS), folder));
        }
        return ids;
    }

    private Retention.Result run(Destination folder, Instant now) throws Exception {
        return new Retention(SmallBackups.ENVIRONMENT, TWO, false, line -> {}).run(List.of(folder), backups.key(),
                now).get(0);
    }

    private static void verified(Destination folder, String id, String depth, boolean sound) throws Exception {
        String json = "{\"backup\":\"%s\",\"depth\":\"%s\",\"sound\":%s}".formatted(id, depth, sound);
        folder.put("backups/production/verifications/%s/%s.json".formatted(id, depth),
                BlobContent.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<BlobStat> parts(Destination folder) throws Exception {
        return folder.list("backups/production/parts/");
    }
}
