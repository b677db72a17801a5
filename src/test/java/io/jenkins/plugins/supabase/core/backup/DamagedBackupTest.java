package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored is damaged, deleted or exchanged. */
class DamagedBackupTest {
    private static final int STEP = 64 << 10;

    @TempDir
    private Path folder;

    private BackupFixture fixture;
    private TestDatabase source;
    private BackupResult backup;

    @BeforeEach
    void backUp() throws Exception {
        fixture = new BackupFixture(folder);
        source = TestDatabase.create();
        source.execute("CREATE TABLE big AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 15000) g;"
                + "CREATE TABLE small (a int); INSERT INTO small VALUES (1); SELECT lo_from_bytea(1, '\\x00ff')");
        backup = fixture.backUp(source);
    }

    @Test
    void aFlippedBitAnywhereIsFoundNamedAndRepaired() throws Exception {
        BackupStore near = new BackupStore(
                "production", List.of(new FolderDestination("near", "", fixture.folders.get(0))));
        StoredBackup alone = near.find(BackupStore.LATEST, fixture.signingKey.verificationKey());
        int flips = 0;
        for (BackupPart part : backup.manifest().parts()) {
            Path file = file(0, part);
            byte[] sound = Files.readAllBytes(file);
            for (int at = 0; at < sound.length; at += STEP) {
                byte[] damaged = sound.clone();
                damaged[at] ^= 0x10;
                Files.write(file, damaged);

                if (part.kind() != PartKind.EVIDENCE) {
                    assertThatThrownBy(() -> restore(near, alone))
                            .isInstanceOf(DeliveryException.class)
                            .hasMessageContainingAll(part.describe(), part.sha256(), "destination near", "dropped"
                                    + " again");
                }
                assertThat(fixture.verify(Depth.HASHES, true).problems())
                        .anySatisfy(problem -> assertThat(problem)
                                .contains(part.describe(), part.sha256(), "destination near", "does not have its"
                                        + " SHA-256"));
                assertThat(Files.readAllBytes(file)).isEqualTo(sound);
                flips++;
            }
        }
        assertThat(flips).isGreaterThan(10);
        assertThat(fixture.verify(Depth.HASHES, false).problems()).isEmpty();
    }

    private void restore(BackupStore store, StoredBackup alone) throws InterruptedException {
        new BackupRestorer(store, 2, line -> {}).run(
                alone, fixture.identity, RestoreChoice.EVERYTHING,
                BackupFixture.environment(BackupFixture.urlOfNew(source, "restored")), BackupFixture.ACCESS);
    }

    @Test
    void missingShortAndExchangedPartsAreTakenFromTheOtherDestination() throws Exception {
        List<BackupPart> parts = backup.manifest().parts();
        Files.delete(file(0, parts.get(0)));
        Files.write(file(0, parts.get(1)), new byte[0]);
        Files.copy(file(1, parts.get(3)), file(0, parts.get(2)), StandardCopyOption.REPLACE_EXISTING);

        BackupRestorer.Result restored =
                fixture.restore(BackupFixture.urlOfNew(source, "restored"), fixture.identity);
        TestDatabase.create().execute("DROP DATABASE restored");

        assertThat(restored.problems()).hasSize(3);
        Verification verification = fixture.verify(Depth.READ, false);
        assertThat(verification.isSound()).isFalse();
        assertThat(verification.problems()).hasSize(3).allMatch(problem -> problem.startsWith("In destination near, "));
        fixture.verify(Depth.READ, true);
        assertThat(fixture.verify(Depth.READ, false).problems()).isEmpty();
    }

    @Test
    void aManifestThatWasChangedIsNone() throws Exception {
        for (Path destination : fixture.folders) {
            Path manifest = destination.resolve("backups/production/manifests/" + backup.manifest().id() + ".json");
            Files.writeString(manifest, Files.readString(manifest).replace("\"rows\":1,", "\"rows\":2,"));
        }

        assertThatThrownBy(fixture::latest).hasMessageContaining("is not signed with the key");
        assertThat(fixture.store.list(fixture.signingKey.verificationKey()).backups()).isEmpty();
    }

    @Test
    void aManifestThatWasCutAnywhereIsNoneAndTheOtherDestinationHasIt() throws Exception {
        Path manifests = fixture.folders.get(0).resolve("backups/production/manifests");
        for (String suffix : List.of(".json", ".sig")) {
            Path file = manifests.resolve(backup.manifest().id() + suffix);
            byte[] whole = Files.readAllBytes(file);
            for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
                Files.write(file, Arrays.copyOf(whole, length));

                StoredBackup found = fixture.latest();
                assertThat(found.destinationNames()).containsExactly("far");
                assertThat(found.problems()).singleElement().asString().contains("destination near");
            }
            Files.write(file, whole);
        }
        assertThat(fixture.latest().destinationNames()).containsExactly("near", "far");
        fixture.restore(BackupFixture.urlOfNew(source, "restored"), fixture.identity);
        TestDatabase.create().execute("DROP DATABASE restored");
    }

    @Test
    void theManifestOfAnotherBackupInItsPlaceIsNone() throws Exception {
        BackupResult later = fixture.backUp(source);
        Path manifests = fixture.folders.get(0).resolve("backups/production/manifests");
        for (String suffix : List.of(".json", ".sig")) {
            Files.copy(manifests.resolve(backup.manifest().id() + suffix),
                    manifests.resolve(later.manifest().id() + suffix), StandardCopyOption.REPLACE_EXISTING);
        }

        StoredBackup found = fixture.latest();

        assertThat(found.manifest().id()).isEqualTo(later.manifest().id());
        assertThat(found.destinationNames()).containsExactly("far");
        assertThat(found.problems()).singleElement().asString().contains("somebody copied or renamed it");
    }

    @Test
    void aRotatedKeyOpensWhatWasMadeForItAndNothingElse() throws Exception {
        AgeIdentity rotated = BackupFixture.newIdentity();
        BackupRequest asked = fixture.request(source);
        SigningKey signing = BackupFixture.newSigningKey();
        new BackupRunner(fixture.store, line -> {}).run(new BackupRequest(asked.environment(), asked.access(),
                List.of(rotated.recipient()), signing, 1, 2, "test"));

        BackupStore.Listing listing = fixture.store.list(signing.verificationKey());
        assertThat(listing.backups()).singleElement()
                .satisfies(found -> assertThat(found.manifest().sequence()).isEqualTo(2));
        assertThat(listing.problems()).hasSize(2).allMatch(problem -> problem.contains("is not signed with the key"));
        BackupRestorer restorer = new BackupRestorer(fixture.store, 2, line -> {});
        assertThatThrownBy(() -> restorer.run(listing.backups().get(0), fixture.identity, RestoreChoice.EVERYTHING,
                        BackupFixture.environment(source.url()), BackupFixture.ACCESS))
                .hasMessageContaining("None of its data was read and nothing was changed");
        // The older one, by the older keys.
        assertThatThrownBy(() -> restorer.run(
                        fixture.store.find(backup.manifest().id(), fixture.signingKey.verificationKey()), rotated,
                        RestoreChoice.EVERYTHING, BackupFixture.environment(source.url()), BackupFixture.ACCESS))
                .hasMessageContaining("None of its data was read and nothing was changed");
        restorer.run(listing.backups().get(0), rotated, RestoreChoice.EVERYTHING,
                BackupFixture.environment(BackupFixture.urlOfNew(source, "restored")), BackupFixture.ACCESS);
        TestDatabase.create().execute("DROP DATABASE restored");
    }

    @Test
    void anOldManifestUnderANewNameIsNone() throws Exception {
        String id = backup.manifest().id();
        String forged = id.replaceFirst("000001", "000002");
        for (Path destination : fixture.folders) {
            Path manifests = destination.resolve("backups/production/manifests");
            for (String suffix : List.of(".json", ".sig")) {
                Files.copy(manifests.resolve(id + suffix), manifests.resolve(forged + suffix));
            }
        }

        BackupStore.Listing listing = fixture.store.list(fixture.signingKey.verificationKey());

        assertThat(listing.backups()).extracting(found -> found.manifest().id()).containsExactly(id);
        assertThat(listing.problems()).hasSize(2).allMatch(problem -> problem.contains("somebody copied or renamed"
                + " it"));
    }

    @Test
    void withoutAManifestThereIsNoBackup() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
                Files.delete(file);
            }
        }

        assertThatThrownBy(fixture::latest).hasMessageContaining("There is no backup of environment 'production'");
        assertThat(fixture.backUp(source).destinations()).containsExactly("near", "far");
    }

    private Path file(int destination, BackupPart part) {
        return fixture.folders.get(destination)
                .resolve("backups/production/parts/" + part.sha256().substring(0, 2) + "/" + part.sha256());
    }
}
