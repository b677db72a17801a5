package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that make backups are killed at random moments; {@code -Dbackup.kills=200} kills that many. */
class KilledBackupTest {
    private static final int KILLS = Integer.getInteger("backup.kills", 6);

    @TempDir
    private Path folder;

    @Test
    void whatIsListedIsWholeWheneverTheProcessIsKilled() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TestDatabase source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 60000) g;"
                + "CREATE TABLE s AS SELECT 1 AS a");
        String identityText = BackupFixture.newIdentityText();
        AgeIdentity identity = AgeIdentity.parse(new SecretText(identityText));
        String signingText = BackupFixture.newSigningKeyText();
        SigningKey key = SigningKey.parse(new SecretText(signingText));
        Path signing = Files.writeString(folder.resolve("signing.pem"), signingText);
        Path destination = Files.createDirectories(folder.resolve("near"));
        BackupStore store = new BackupStore("production", List.of(new FolderDestination("near", "", destination)));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), BackupProcess.class.getName(), source.url(),
                destination.toString(), identity.recipient().text(), signing.toString());

        long start = System.nanoTime();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        long whole = System.nanoTime() - start;
        int ended = 1;
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean alive = !process.waitFor((long) (whole * random.nextDouble()), TimeUnit.NANOSECONDS);
            process.destroyForcibly().waitFor();
            ended += alive ? 0 : 1;
        }
        List<StoredBackup> listed = store.list(key.verificationKey()).backups();
        assertThat(listed).as("seed " + seed).hasSizeGreaterThanOrEqualTo(ended);
        BackupVerifier verifier = new BackupVerifier(store, ScratchServers.onThisMachine(), 2, line -> {});
        for (StoredBackup backup : listed) {
            assertThat(verifier.run(backup, Depth.READ, identity, false).problems()).as("seed " + seed).isEmpty();
        }
        awaitUnlocked(source);

        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        StoredBackup last = store.find(BackupStore.LATEST, key.verificationKey());
        assertThat(verifier.run(last, Depth.RESTORE, identity, false).problems()).isEmpty();
    }

    /** The server notices that a client is gone when it next writes to it. */
    private static void awaitUnlocked(TestDatabase source) throws Exception {
        for (int i = 0; i < 100 && !source.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database ="
                + " (SELECT oid FROM pg_database WHERE datname = current_database())").isEmpty(); i++) {
            Thread.sleep(100);
        }
    }

    /** What is killed. */
    static final class BackupProcess {
        private BackupProcess() {}

        public static void main(String[] arguments) throws Exception {
            BackupStore store = new BackupStore(
                    "production", List.of(new FolderDestination("near", "", Path.of(arguments[1]))));
            new BackupRunner(store, line -> {}).run(new BackupRequest(
                    BackupFixture.environment(arguments[0]), BackupFixture.ACCESS,
                    List.of(AgeRecipient.parse(arguments[2])),
                    SigningKey.parse(new SecretText(Files.readString(Path.of(arguments[3])))), 1, 2, "test"));
        }
    }
}
