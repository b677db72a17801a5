package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
        BackupStore store = new BackupStore("production", List.of(destination(arguments[0], arguments[1])));
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

    private static Destination destination(String root, String killedAt) {
        Destination folder = new FolderDestination("near", "", Path.of(root));
        return (Destination) Proxy.newProxyInstance(
                KilledBackup.class.getClassLoader(), new Class<?>[] {Destination.class}, (proxy, method, call) -> {
                    boolean manifest = method.getName().startsWith("put") && call[0].toString().endsWith(".json");
                    if (manifest && killedAt.startsWith("before")) {
                        die();
                    }
                    try {
                        return method.invoke(folder, call);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (manifest && killedAt.startsWith("after")) {
                            die();
                        }
                    }
                });
    }

    private static void die() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start().waitFor();
        Thread.sleep(Long.MAX_VALUE);
    }
}
