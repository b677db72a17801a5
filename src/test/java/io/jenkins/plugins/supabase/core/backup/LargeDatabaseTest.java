package io.jenkins.plugins.supabase.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.BackupRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.FolderDestination;
import io.jenkins.plugins.supabase.core.operation.SecretText;
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

/** Many tables, and one large row; {@code -Dbackup.tables=2000 -Dbackup.megabytes=1000} makes it thorough. */
class LargeDatabaseTest {
    private static final int TABLES = Integer.getInteger("backup.tables", 200);
    private static final int MEGABYTES = Integer.getInteger("backup.megabytes", 16);
    /** Of a row, in memory: as it came from the server, and its part, of two connections at the worst. */
    private static final int HEAP_ROWS = 3;
    private static final int HEAP_MEGABYTES = 160;

    @TempDir
    private Path folder;

    private TestDatabase source;
    private List<String> command;

    @BeforeEach
    void create() throws Exception {
        source = TestDatabase.create();
        String signing = BackupFixture.newSigningKeyText();
        Files.createDirectories(folder.resolve("near"));
        command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + (HEAP_ROWS * MEGABYTES + HEAP_MEGABYTES) + "m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), ThereAndBack.class.getName(), source.url(),
                folder.resolve("near").toString(),
                Files.writeString(folder.resolve("identity.txt"), BackupFixture.newIdentityText()).toString(),
                Files.writeString(folder.resolve("signing.pem"), signing).toString(),
                BackupFixture.urlOfNew(source, "large"));
    }

    @AfterEach
    void drop() throws Exception {
        TestDatabase.create().execute("DROP DATABASE IF EXISTS large");
    }

    private void thereAndBack() throws Exception {
        Path log = folder.resolve("log.txt");
        int code = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(log)).isZero();
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
        source.execute("CREATE TABLE big (id int, t text); ALTER TABLE big ALTER t SET STORAGE EXTERNAL;"
                + "INSERT INTO big VALUES (1, 'small'), (3, 'small');"
                // What is repeated is longer than what is compressed at once.
                + "INSERT INTO big SELECT 2, repeat(string_agg(md5(h::text), ''), " + MEGABYTES / 4 + ")"
                + " FROM generate_series(1, " + (4 << 20) / 32 + ") h");

        thereAndBack();

        requireSame("SELECT string_agg(id || md5(t) || length(t), ' ' ORDER BY id) FROM big");
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
            new BackupRestorer(store, 2, line -> {}).run(
                    store.find(BackupStore.LATEST, key.verificationKey()), identity, RestoreChoice.EVERYTHING,
                    BackupFixture.environment(arguments[4]), BackupFixture.ACCESS);
        }
    }
}
