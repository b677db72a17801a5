package io.jenkins.plugins.supabase.core.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupRunner;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.mask.Masks;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes that restore in place are killed at random moments; {@code -Dbackup.kills=200} kills that many. */
class KilledRestoreTest {
    private static final int KILLS = Integer.getInteger("backup.kills", 6);
    private static final int TOLD_EVERY = 25;
    private static final String ROWS = "SELECT count(*) || ' ' || count(DISTINCT u) || ' ' || max(state) FROM t";
    private static final String BEFORE = "20000 20000 now";
    private static final String RESTORED = "10000 10000 then";

    @TempDir
    private Path folder;

    private TestDatabase database;
    private List<String> arguments;

    @BeforeEach
    void backUp() throws Exception {
        BackupFixture fixture = new BackupFixture(folder);
        String identity = BackupFixture.newIdentityText();
        String signing = BackupFixture.newSigningKeyText();
        database = TestDatabase.create();
        database.execute("CREATE TABLE t AS SELECT g AS id, gen_random_uuid() AS u, 'then' AS state"
                + " FROM generate_series(1, 10000) g; ALTER TABLE t ADD PRIMARY KEY (id)");
        new BackupRunner(fixture.store, line -> {}).run(
                new BackupRequest(
                        BackupFixture.environment(database.url()), BackupFixture.ACCESS,
                        List.of(AgeIdentity.parse(new SecretText(identity)).recipient()),
                        SigningKey.parse(new SecretText(signing)), 1, 2, "test"));
        arguments = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), RestoreProcess.class.getName(), database.url(),
                fixture.folders.get(0).toString(),
                Files.writeString(folder.resolve("identity.txt"), identity).toString(),
                Files.writeString(folder.resolve("signing.pem"), signing).toString());
    }

    private void change() throws Exception {
        database.execute("DELETE FROM t;"
                + "INSERT INTO t SELECT g, gen_random_uuid(), 'now' FROM generate_series(1, 20000) g");
    }

    private Process start(String way) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(arguments));
        builder.command().add(way);
        return builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"swap", "load"})
    void thereIsAWholeDatabaseUnderTheNameWheneverTheProcessIsKilled(String way) throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        change();
        long start = System.nanoTime();
        assertThat(start(way).waitFor()).isZero();
        long whole = System.nanoTime() - start;
        assertThat(database.query(ROWS)).containsExactly(RESTORED);

        Map<String, Integer> outcomes = new TreeMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            change();
            Process process = start(way);
            // The last third is where something of it can be seen.
            boolean ended = process.waitFor((long) (whole * (0.4 + 0.7 * random.nextDouble())), TimeUnit.NANOSECONDS);
            int code = process.destroyForcibly().waitFor();
            assertThat(ended && code != 0).as("it failed by itself, with %d", code).isFalse();
            awaitGone();

            List<String> rows = database.query(ROWS);
            assertThat(rows).as("seed %d, kill %d", seed, kill).isSubsetOf(ended ? RESTORED : BEFORE, RESTORED);
            outcomes.merge(ended ? "ended before" : rows.contains(BEFORE) ? "old rows" : "new rows", 1, Integer::sum);
            if (kill % TOLD_EVERY == TOLD_EVERY - 1) {
                System.out.println("Restores (" + way + ") killed: " + outcomes + ", seed " + seed);
            }
        }
        change();
        assertThat(start(way).waitFor()).isZero();
        assertThat(database.query(ROWS)).containsExactly(RESTORED);
        for (String left : database.query("SELECT datname FROM pg_database WHERE datname LIKE '" + database.name()
                + "\\_%\\_%'")) {
            TestDatabase.create().execute("DROP DATABASE \"" + left + "\" WITH (FORCE)");
        }
    }

    /** The server notices that a client is gone when it next writes to it. */
    private void awaitGone() throws Exception {
        while (!database.query("SELECT 1 FROM pg_stat_activity WHERE application_name = 'supabase-delivery'")
                .isEmpty()) {
            Thread.sleep(50);
        }
    }

    /** What is killed. */
    static final class RestoreProcess {
        private RestoreProcess() {}

        public static void main(String[] arguments) throws Exception {
            BackupStore store = new BackupStore(
                    "production", List.of(new FolderDestination("near", "", Path.of(arguments[1]))));
            SigningKey key = SigningKey.parse(new SecretText(Files.readString(Path.of(arguments[3]))));
            RestoreChoice choice = arguments[4].equals("swap")
                    ? RestoreChoice.EVERYTHING
                    : new RestoreChoice(List.of("public.t"), Masks.NONE);
            new InPlaceRestorer(store, 2, line -> {}).run(
                    store.find(BackupStore.LATEST, key.verificationKey()),
                    AgeIdentity.parse(new SecretText(Files.readString(Path.of(arguments[2])))), choice,
                    BackupFixture.environment(arguments[0]), BackupFixture.ACCESS, () -> "none");
        }
    }
}
