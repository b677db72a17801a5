package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * fsync answers EIO at one moment of a backup: for a part, the signature, the manifest, or the folder that has their
 * names. A library between the virtual machine and libc does it, which is made by the machine's C compiler.
 */
class FailingFsyncMomentsTest {
    private static final String ROWS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM t";
    private static final String MANIFESTS = "backups/production/manifests";
    /** How many calls succeed before, and of what. */
    private static final List<String> MOMENTS = List.of(
            "0 backups/production/parts/", "3 backups/production/parts/", "0 " + MANIFESTS + "/",
            "1 " + MANIFESTS + "/", "0 " + MANIFESTS, "1 " + MANIFESTS);

    @TempDir
    private Path folder;

    @Test
    void whereverItFailsNothingIsListedThereAndTheOtherDestinationHasTheBackup() throws Exception {
        Path library = library();
        BackupFixture fixture = new BackupFixture(folder);
        TestDatabase source = TestDatabase.create();
        source.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u FROM generate_series(1, 1000) g;"
                + "CREATE TABLE s AS SELECT 1 AS a");
        Path log = folder.resolve("log.txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Backups.class.getName(), folder.toString(), source.url(),
                fixture.identity.recipient().text(),
                Files.writeString(folder.resolve("signing.pem"), fixture.signingText).toString())));
        builder.environment().put("LD_PRELOAD", library.toString());
        builder.environment().put("FSYNC_RULE", folder.resolve("rule").toString());
        int code = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start().waitFor();
        assertThat(code).as(Files.readString(log)).isZero();

        List<String> said = Files.readAllLines(log);
        assertThat(said).hasSize(MOMENTS.size());
        for (int i = 0; i < MOMENTS.size(); i++) {
            assertThat(said.get(i)).as(MOMENTS.get(i))
                    .startsWith("in [far], failed {near=")
                    .contains("destination near", "Input/output error");
            assertThat(manifests(folder.resolve(i + "/near"))).as(MOMENTS.get(i)).isEmpty();
            BackupStore both = store(folder.resolve(Integer.toString(i)));
            assertThat(both.find(BackupStore.LATEST, fixture.signingKey.verificationKey()).destinationNames())
                    .as(MOMENTS.get(i))
                    .containsExactly("far");
        }
        BackupStore last = store(folder.resolve(Integer.toString(MOMENTS.size() - 1)));
        assertThat(source.query(ROWS)).containsExactly(fixture.askRestored(last, source, ROWS));
    }

    private static BackupStore store(Path folder) throws IOException {
        List<Destination> destinations = new ArrayList<>();
        for (String name : List.of("near", "far")) {
            destinations.add(new FolderDestination(name, "", Files.createDirectories(folder.resolve(name))));
        }
        return new BackupStore("production", destinations);
    }

    private static List<Path> manifests(Path near) throws IOException {
        Path manifests = near.resolve(MANIFESTS);
        if (!Files.exists(manifests)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(manifests)) {
            return files.filter(file -> !file.toString().endsWith(".sig")).toList();
        }
    }

    private Path library() throws Exception {
        Path source = Files.writeString(folder.resolve("fsync.c"), BackupFixture.resource("failing-fsync.c"));
        Path library = folder.resolve("fsync.so");
        boolean made;
        try {
            made = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl")
                    .inheritIO()
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            made = false;
        }
        assumeThat(made).as("without a C compiler (cc) fsync cannot be made to fail").isTrue();
        return library;
    }

    /** One backup for each moment. */
    static final class Backups {
        private Backups() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            for (int i = 0; i < MOMENTS.size(); i++) {
                Path here = folder.resolve(Integer.toString(i));
                BackupStore store = store(here);
                String[] moment = MOMENTS.get(i).split(" ");
                Files.writeString(folder.resolve("rule"), "00" + moment[0] + " " + here + "/near/" + moment[1]);
                BackupResult made = new BackupRunner(store, line -> {}).run(new BackupRequest(
                        BackupFixture.environment(arguments[1]), BackupFixture.ACCESS,
                        List.of(AgeRecipient.parse(arguments[2])),
                        SigningKey.parse(new SecretText(Files.readString(Path.of(arguments[3])))), 1, 2, "test"));
                System.out.println("in " + made.destinations() + ", failed " + made.failures());
            }
        }
    }
}
