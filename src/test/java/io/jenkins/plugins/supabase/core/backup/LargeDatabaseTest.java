package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.BackupVerifier;
import io.jenkins.plugins.supabase.core.backup.restore.Depth;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tables, and one large row; {@code -Dbackup.tables=2000 -Dbackup.megabytes=1000} makes it thorough, with a
 * heap of {@code -Dbackup.heap} MB.
 */
class LargeDatabaseTest {
    private static final int TABLES = Integer.getInteger("backup.tables", 200);
    private static final int MEGABYTES = Integer.getInteger("backup.megabytes", 16);
    /** Of a row, in memory: as it came from the server, and its part. */
    private static final int HEAP_ROWS = 2;
    private static final int HEAP_MEGABYTES = 160;
    private static final int HEAP = Integer.getInteger("backup.heap", HEAP_ROWS * MEGABYTES + HEAP_MEGABYTES);
    private static final int LARGEST_ROW = 1000;

    @TempDir
    private Path folder;

    private TestDatabase source;
    private List<String> arguments;

    @BeforeEach
    void create() throws Exception {
        source = TestDatabase.create();
        String signing = BackupFixture.newSigningKeyText();
        Files.createDirectories(folder.resolve("near"));
        arguments = List.of(
                source.url(),
                folder.resolve("near").toString(),
                Files.writeString(folder.resolve("identity.txt"), BackupFixture.newIdentityText()).toString(),
                Files.writeString(folder.resolve("signing.pem"), signing).toString(),
                BackupFixture.urlOfNew(source, "large"));
    }

    @AfterEach
    void drop() throws Exception {
        TestDatabase.create().execute("DROP DATABASE IF EXISTS large");
    }

    /** @return what it said when it failed */
    private String thereAndBack(int heap) throws Exception {
        Path log = folder.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap + "m",
                "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), ThereAndBack.class.getName()));
        command.addAll(arguments);
        int code = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        String said = Files.readString(log);
        return code == 0 ? "" : said;
    }

    private void thereAndBack() throws Exception {
        assertThat(thereAndBack(HEAP)).isEmpty();
    }

    private void addRow(int megabytes) throws Exception {
        source.execute("CREATE TABLE big (id int, t text); ALTER TABLE big ALTER t SET STORAGE EXTERNAL;"
                + "INSERT INTO big VALUES (1, 'small'), (3, 'small');"
                // What is repeated is longer than what is compressed at once.
                + "INSERT INTO big SELECT 2, repeat(string_agg(md5(h::text), ''), " + megabytes / 4 + ")"
                + " FROM generate_series(1, " + (4 << 20) / 32 + ") h");
    }

    private String ofRestored(String query) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:" + BackupFixture.urlOfNew(source, "large"), LocalPostgres.USER, LocalPostgres.PASSWORD);
                ResultSet row = connection.createStatement().executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private void requireSame(String query) throws Exception {
        assertThat(source.query(query)).containsExactly(ofRestored(query));
    }

    @Test
    void aRowAsLargeAsRowsGetNeedsThatMuchMemoryAndNoMore() throws Exception {
        // A value has 1 GB at most, and the text of a row that the server sends too.
        addRow(MEGABYTES);

        thereAndBack();

        requireSame("SELECT string_agg(id || md5(t) || length(t), ' ' ORDER BY id) FROM big");
    }

    @Test
    void aRowWithoutRoomInMemoryIsTold() throws Exception {
        addRow(160);

        assertThat(thereAndBack(128))
                .contains("The backup ", "does not suffice for the rows of public.big", "Nothing of it is listed");
    }

    @Test
    void aRowThatPostgresSendsToNobodyIsTold() throws Exception {
        assumeThat(MEGABYTES).as("it is of 1.2 GB").isGreaterThanOrEqualTo(LARGEST_ROW);
        source.execute("CREATE TABLE big AS SELECT convert_to(repeat('x', 600000000), 'UTF8') AS b");

        assertThat(thereAndBack(HEAP))
                .contains("a row of public.big has more than 1 GB as text", "Nothing of it is listed");
    }

    @Test
    void manyTables() throws Exception {
        source.execute("DO $$BEGIN FOR i IN 1.." + TABLES + " LOOP"
                + " EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, next int, u uuid DEFAULT gen_random_uuid())', i); EXECUTE format('INSERT INTO t%s SELECT g, %s"
                + " FROM generate_series(1, %s) g', i, i, i % 4); COMMIT; END LOOP; END$$");

        thereAndBack();

        requireSame("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                + " AND relkind IN ('r', 'i')");
        requireSame("SELECT md5(string_agg((xpath('//row', query_to_xml(format('SELECT * FROM %I ORDER BY id',"
                + " relname), true, false, '')))::text, '' ORDER BY relname)) FROM pg_class"
                + " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'");
    }

    /** A process with little memory. */
    static final class ThereAndBack {
        private ThereAndBack() {}

        public static void main(String[] arguments) throws Exception {
            AgeIdentity identity = AgeIdentity.parse(new SecretText(Files.readString(Path.of(arguments[2]))));
            SigningKey key = SigningKey.parse(new SecretText(Files.readString(Path.of(arguments[3]))));
            BackupStore store = new BackupStore(
                    "production", List.of(new FolderDestination("near", "", Path.of(arguments[1]))));
            new BackupRunner(store, line -> {}).run(new BackupRequest(
                    BackupFixture.environment(arguments[0]), BackupFixture.ACCESS, List.of(identity.recipient()),
                    key, 1, 2, "test"));
            StoredBackup made = store.find(BackupStore.LATEST, key.verificationKey());
            List<String> problems = new BackupVerifier(store, ScratchServers.onThisMachine(), 2, line -> {})
                    .run(made, Depth.READ, identity, false)
                    .problems();
            if (!problems.isEmpty()) {
                throw new IllegalStateException(problems.toString());
            }
            new BackupRestorer(store, 2, line -> {}).run(
                    made, identity, RestoreChoice.EVERYTHING,
                    BackupFixture.environment(arguments[4]), BackupFixture.ACCESS);
        }
    }
}
