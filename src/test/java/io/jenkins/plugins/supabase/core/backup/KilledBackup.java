package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.ForwardingDestination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** The process that {@link KilledBackupTest} kills, or that kills itself beside writing its manifest. */
final class KilledBackup {
    /** Name of the environment variable with the project's access token. */
    static final String TOKEN = "STAND_IN_TOKEN";

    private KilledBackup() {}

    public static void main(String[] arguments) throws Exception {
        BackupStore store = new BackupStore("production", List.of(new Deadly(
                new FolderDestination("near", "", Path.of(arguments[0])), arguments[1])));
        Environment environment = new Environment(
                "production", StorageFixture.REF, arguments[5], arguments[6], arguments[4]);
        Access access = new Access(
                new SecretText(System.getenv(TOKEN)), BackupFixture.ACCESS.databaseUser(),
                BackupFixture.ACCESS.databasePassword(), null);
        BackupResult made = new BackupRunner(store, System.out::println).run(new BackupRequest(
                environment, access, List.of(AgeRecipient.parse(arguments[3])),
                SigningKey.parse(new SecretText(Files.readString(Path.of(arguments[2])))), 1, 2, "test",
                EnumSet.allOf(BackupScope.class), ManagementOptions.DEFAULT));
        if (!made.problems().isEmpty()) {
            throw new IllegalStateException(made.problems().toString());
        }
    }

    /** Ends the process beside writing the manifest. */
    private static final class Deadly extends ForwardingDestination {
        private final String killedAt;

        Deadly(Destination destination, String killedAt) {
            super(destination);
            this.killedAt = killedAt;
        }

        private void dieAt(String moment, String key) {
            if (key.endsWith(".json") && killedAt.startsWith(moment)) {
                die();
            }
        }

        @Override
        public boolean putIfAbsent(String key, BlobContent content) throws InterruptedException {
            dieAt("before", key);
            boolean put = super.putIfAbsent(key, content);
            dieAt("after", key);
            return put;
        }

        @Override
        public void put(String key, BlobContent content) throws InterruptedException {
            dieAt("before", key);
            super.put(key, content);
            dieAt("after", key);
        }
    }

    private static void die() {
        try {
            new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().waitFor();
            Thread.sleep(Long.MAX_VALUE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
