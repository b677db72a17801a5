package io.jenkins.plugins.supabase.core.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.retention.Retention;
import io.jenkins.plugins.supabase.core.backup.retention.RetentionPolicy;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.BackupSync;
import io.jenkins.plugins.supabase.core.backup.store.KeptParts;
import io.jenkins.plugins.supabase.core.backup.store.PartSender;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.testing.SmallBackups;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that nobody deletes before their time, by S3's object lock. */
class ObjectLockTest {
    private static final int DAYS = 30;
    private static final byte[] BYTES = "twelve bytes".getBytes(StandardCharsets.UTF_8);

    private final LockingBucket bucket = new LockingBucket();
    private final SmallBackups backups = new SmallBackups();
    private Destination vault = open(bucket.settings("GOVERNANCE", DAYS));

    @AfterEach
    void close() {
        vault.close();
        bucket.close();
    }

    private static Destination open(S3Settings settings) {
        return new S3Destination(settings, new S3Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), 1));
    }

    private void reopen(String mode, Integer days) {
        vault.close();
        vault = open(bucket.settings(mode, days));
    }

    private LockingBucket.Version newest(String key) {
        return bucket.versions(key).get(0);
    }

    private void assertLocked(String key, String mode, int days) {
        Instant end = Instant.now().plus(Duration.ofDays(days));
        assertThat(newest(key).mode()).isEqualTo(mode);
        assertThat(newest(key).until()).isBetween(end.minus(Duration.ofMinutes(5)), end);
    }

    @Test
    void onlyWhatAsksForItIsLocked() throws Exception {
        vault.put("free", BlobContent.of(BYTES));
        vault.locking().put("put", BlobContent.of(BYTES));
        assertThat(vault.locking().putIfAbsent("absent", BlobContent.of(BYTES))).isTrue();

        assertThat(newest("free").mode()).isNull();
        assertLocked("put", "GOVERNANCE", DAYS);
        assertLocked("absent", "GOVERNANCE", DAYS);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOCKING", "FORGETFUL"})
    void largeObjectsAreLockedToo(LockingBucket.Kind kind) throws Exception {
        bucket.behave(kind);
        byte[] large = new byte[(int) S3Parts.SMALLEST + 5];
        new Random(1).nextBytes(large);

        vault.locking().put("large", BlobContent.of(large));

        assertThat(newest("large").bytes()).isEqualTo(large);
        assertLocked("large", "GOVERNANCE", DAYS);
    }

    @Test
    void whatIsThereAlreadyIsLockedAnew() throws Exception {
        vault.locking().put("key", BlobContent.of(BYTES));
        reopen("GOVERNANCE", 2 * DAYS);

        assertThat(vault.locking().putIfAbsent("key", BlobContent.of(BYTES))).isFalse();

        assertLocked("key", "GOVERNANCE", 2 * DAYS);
    }

    @Test
    void noLockIsShortenedOrWeakened() throws Exception {
        vault.locking().put("longer", BlobContent.of(BYTES));
        reopen("COMPLIANCE", 1);
        vault.locking().put("stronger", BlobContent.of(BYTES));
        vault.lockAnew("longer");
        assertLocked("longer", "GOVERNANCE", DAYS);

        reopen("GOVERNANCE", DAYS);
        vault.lockAnew("stronger");
        assertLocked("stronger", "COMPLIANCE", DAYS);
    }

    @Test
    void whereNothingIsToBeLockedNothingIs() throws Exception {
        reopen(null, null);
        vault.locking().put("key", BlobContent.of(BYTES));
        vault.lockAnew("key");

        assertThat(vault.locking()).isSameAs(vault);
        assertThat(newest("key").mode()).isNull();
    }

    @Test
    void aBucketWithoutLocksIsNamed() {
        bucket.behave(LockingBucket.Kind.WITHOUT_LOCK);

        assertThatThrownBy(() -> vault.locking().put("key", BlobContent.of(BYTES)))
                .isInstanceOf(DestinationException.class)
                .hasMessageContaining("the bucket locks no objects (answer 400 InvalidRequest")
                .hasMessageContaining("created with object lock");
    }

    @Test
    void aServerThatPassesOverLocksIsNotBelieved() {
        bucket.behave(LockingBucket.Kind.IGNORANT);

        assertThatThrownBy(() -> vault.locking().put("key", BlobContent.of(BYTES)))
                .isInstanceOf(DestinationException.class)
                .hasMessageContaining("the server says of no lock of it, so that it could be deleted");
    }

    @Test
    void aLockIsAskedForWhereThereWasNone() throws Exception {
        vault.put("key", BlobContent.of(BYTES));
        vault.lockAnew("key");

        assertLocked("key", "GOVERNANCE", DAYS);
    }

    @ParameterizedTest
    @EnumSource(names = {"IGNORANT", "WITHOUT_LOCK"})
    void whatIsThereIsNotReplacedByTheDocumentOfItsLock(LockingBucket.Kind kind) throws Exception {
        vault.put("key", BlobContent.of(BYTES));
        bucket.behave(kind);

        assertThatThrownBy(() -> vault.lockAnew("key"))
                .isInstanceOf(DestinationException.class)
                .hasMessageContaining("created with object lock");
        assertThat(newest("key").bytes()).isEqualTo(BYTES);
    }

    @Test
    void aBackupIsLockedAndWhatIsNotedBesideItIsNot() throws Exception {
        String id = backups.make(Instant.now(), vault);
        BackupStore store = new BackupStore(SmallBackups.ENVIRONMENT, List.of(vault));
        store.keepVerification(store.find(id, backups.key()), Instant.now(), "{}".getBytes(StandardCharsets.UTF_8));

        assertThat(bucket.keys()).hasSize(6).allSatisfy(key -> {
            if (key.contains("/verifications/")) {
                assertThat(newest(key).mode()).isNull();
            } else {
                assertLocked(key, "GOVERNANCE", DAYS);
            }
        });
    }

    @Test
    void aCopiedBackupIsLockedAndPartsThatWereThereAreLockedAnew(@TempDir Path folder) throws Exception {
        Destination near = new FolderDestination("near", "", folder);
        backups.make(Instant.now(), near);
        BlobStat part = near.list("backups/production/parts/").get(0);
        reopen("GOVERNANCE", 1);
        try (var bytes = near.open(part.key())) {
            vault.locking().put(part.key(), BlobContent.of(bytes.readAllBytes()));
        }
        reopen("GOVERNANCE", DAYS);

        new BackupSync(
                        SmallBackups.ENVIRONMENT,
                        new BackupStore(SmallBackups.ENVIRONMENT, List.of(near)),
                        vault,
                        line -> {})
                .run(backups.key());

        assertThat(bucket.keys()).hasSize(5).allSatisfy(key -> assertLocked(key, "GOVERNANCE", DAYS));
        assertThat(bucket.versions(part.key())).hasSize(1);
        assertThat(backups.damages(vault)).isEmpty();
    }

    @Test
    void aPartThatALaterBackupRefersToIsLockedAnew() throws Exception {
        String id = backups.make(Instant.now(), vault);
        reopen("GOVERNANCE", 2 * DAYS);
        BackupStore store = new BackupStore(SmallBackups.ENVIRONMENT, List.of(vault));
        StoredBackup first = store.find(id, backups.key());
        BackupPart part = first.manifest().parts().get(0);

        try (PartSender sender = new PartSender(store, 1, line -> {})) {
            assertThat(sender.reference(part, first, KeptParts.of(store, List.of(first), Instant.now()))).isTrue();
            sender.commit(
                    backups.manifest(store.next(List.of(vault), Instant.now()), Instant.now(), List.of(part)),
                    backups.signer());
        }

        assertThat(bucket.keys()).filteredOn(key -> key.endsWith(part.sha256())).singleElement().satisfies(key -> {
            assertLocked(key, "GOVERNANCE", 2 * DAYS);
            assertThat(bucket.versions(key)).hasSize(1);
        });
    }

    private Retention.Result prune() throws Exception {
        return new Retention(SmallBackups.ENVIRONMENT, RetentionPolicy.parse("last 1"), false, line -> {})
                .run(List.of(vault), backups.key(), Instant.now())
                .get(0);
    }

    @Test
    void atAmazonsPruningHidesABackupAndItsBytesStay() throws Exception {
        String old = backups.make(Instant.now(), vault);
        String kept = backups.make(Instant.now(), vault);
        bucket.age(Duration.ofDays(3));

        Retention.Result result = prune();

        assertThat(result.removed()).containsExactly(old);
        assertThat(result.problems()).isEmpty();
        assertThat(backups.listed(vault)).containsExactly(kept);
        assertThat(backups.damages(vault)).isEmpty();
        assertThat(bucket.keys()).hasSize(10).allSatisfy(key ->
                assertThat(bucket.versions(key)).anyMatch(LockingBucket.Version::isLocked));
    }

    @Test
    void whereDeletionIsRefusedABackupStaysWholeAndIsTold() throws Exception {
        bucket.behave(LockingBucket.Kind.REFUSING);
        String old = backups.make(Instant.now(), vault);
        String kept = backups.make(Instant.now(), vault);
        bucket.age(Duration.ofDays(3));

        Retention.Result result = prune();

        assertThat(result.removed()).isEmpty();
        assertThat(result.problems()).singleElement().asString()
                .startsWith("The backup " + old + " stays in destination vault whole, though no rule keeps it. ")
                .contains("it is locked, or the access key is not allowed to delete (answer 403 AccessDenied");
        assertThat(backups.listed(vault)).containsExactly(kept, old);
        assertThat(backups.damages(vault)).isEmpty();
    }

    @Test
    void partsOfNobodyThatCannotBeDeletedAreToldOnce() throws Exception {
        String old = backups.make(Instant.now(), vault);
        backups.make(Instant.now(), vault);
        vault.delete("backups/production/manifests/" + old + ".json");
        bucket.behave(LockingBucket.Kind.REFUSING).age(Duration.ofDays(3));

        Retention.Result result = prune();

        assertThat(result.problems()).singleElement().asString()
                .startsWith("Not every part that no backup needs could be deleted in destination vault. ");
        assertThat(backups.damages(vault)).isEmpty();
    }

    @Test
    void credentialsThatMayNotDeleteMakeBackupsAllTheSame() throws Exception {
        bucket.forbidDeletion();
        String first = backups.make(Instant.now(), vault);
        String second = backups.make(Instant.now(), vault);

        assertThat(backups.listed(vault)).containsExactly(second, first);
        assertThat(prune().problems()).singleElement().asString().contains(first + " stays in destination vault");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"governance, 30, objectLockMode", "-, 30, objectLockMode", "COMPLIANCE, -, objectLockDays",
                "COMPLIANCE, 0, objectLockDays", "GOVERNANCE, 36501, objectLockDays"})
    void whatIsWrongIsSaid(String mode, Integer days, String field) {
        assertThat(bucket.settings(mode, days).problems()).extracting(SettingProblem::field).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 36_500})
    void whatIsRightIsNot(int days) {
        assertThat(bucket.settings("COMPLIANCE", days).problems()).isEmpty();
    }
}
