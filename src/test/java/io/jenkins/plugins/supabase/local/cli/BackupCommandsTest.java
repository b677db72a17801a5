package io.jenkins.plugins.supabase.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/backups.md; DocumentedCommandsIT runs each in a process of its own. */
class BackupCommandsTest {
    @TempDir
    private Path folder;

    private TestDatabase source;
    private Path casc;
    private Path identity;
    private Path signing;
    private Path verification;
    private String recipient;

    @BeforeEach
    void configure() throws Exception {
        source = TestDatabase.create();
        source.execute("CREATE TABLE votes (id int PRIMARY KEY, choice text); INSERT INTO votes VALUES (1, 'tea'), (2,"
                + " 'coffee')");
        Files.createDirectories(folder.resolve("near"));
        Files.createDirectories(folder.resolve("far"));
        casc = Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: "production"
                        databaseUrl: "%s"
                        projectUrl: "http://127.0.0.1:1"
                        databaseCredentialsId: "db"
                    destinations:
                      - folder:
                          name: "near"
                          path: "%s"
                      - folder:
                          name: "far"
                          path: "%s"
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - usernamePassword:
                              scope: GLOBAL
                              id: "db"
                              username: "postgres"
                              password: "%s"
                """.formatted(
                        source.url(), folder.resolve("near"), folder.resolve("far"), LocalPostgres.PASSWORD));
        identity = Files.writeString(folder.resolve("identity.txt"), BackupFixture.newIdentityText() + "\n");
        recipient = AgeIdentity.parse(new SecretText(Files.readString(identity))).recipient().text();
        signing = Files.writeString(folder.resolve("signing.pem"), BackupFixture.newSigningKeyText());
        verification = folder.resolve("verification.pem");
        assertThat(new ProcessBuilder("openssl", "pkey", "-in", signing.toString(), "-pubout", "-out",
                        verification.toString()).start().waitFor()).isZero();
    }

    @AfterEach
    void forget() {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        SupabaseDeliveryConfiguration.get().setDestinations(List.of());
    }

    @Test
    void backUpVerifyListAndRestore() throws Exception {
        assertThat(run("runBackup", "--recipient", recipient, "--signing-key", signing.toString()))
                .startsWith("0\n").contains("Read ", " rows, ", "in near, far");
        assertThat(run("verifyBackup", "--verification-key", verification.toString(), "--identity",
                identity.toString()))
                .startsWith("0\n").contains("is sound, verified by read");
        assertThat(run("listBackups", "--verification-key", verification.toString()))
                .startsWith("0\n").contains("2 rows", "in near, far", "sound, verified by read");
        String url = BackupFixture.urlOfNew(source, "by_command");
        assertThat(restore(url, "")).startsWith("0\n").contains("was restored in");
        assertThat(TestDatabase.create().query("SELECT 1 FROM pg_database WHERE datname = 'by_command'")).hasSize(1);
        String some = BackupFixture.urlOfNew(source, "by_command_masked");
        assertThat(restore(some, " --table public.votes --mask 'public.votes.choice=text:tea = water'"))
                .startsWith("0\n").contains("loading 2 rows, with 1 column masked");
        TestDatabase.create().execute("DROP DATABASE by_command_masked");
        assertThat(restore(url, ""))
                .startsWith("1\n").contains("is not empty: it has relation votes");
        TestDatabase.create().execute("DROP DATABASE by_command");
    }

    @Test
    void bringADestinationUpToDateAndRemoveWhatNoRuleKeeps() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(run("runBackup", "--recipient", recipient, "--signing-key", signing.toString(),
                    "--destination", "near"))
                    .startsWith("0\n");
        }
        assertThat(run("syncBackups", "--to", "far", "--verification-key", verification.toString()))
                .startsWith("0\n").contains("2 backups copied to destination far");
        assertThat(run("syncBackups", "--to", "fra", "--verification-key", verification.toString()))
                .startsWith("1\n").contains("\"fra\"", "did you mean 'far'?", "Nothing was done");
        assertThat(run("verifyBackup", "--destination", "far", "--verification-key", verification.toString(),
                        "--identity", identity.toString()))
                .startsWith("0\n").contains("is sound, verified by read");
        assertThat(run("pruneBackups", "--keep", "last 1", "--dry-run", "--verification-key", verification.toString()))
                .startsWith("0\n").contains("would be removed from destination near", "stays in destination far");
        assertThat(run("pruneBackups", "--keep", "last 1", "--verification-key", verification.toString()))
                .startsWith("0\n").contains("was removed from destination near", "was removed from destination far");
        assertThat(run("pruneBackups", "--keep", "hourly 1", "--verification-key", verification.toString()))
                .startsWith("1\n").contains("Write rules as in: daily 7");
        assertThat(run("listBackups", "--verification-key", verification.toString()))
                .startsWith("0\n").contains("000002-").doesNotContain("000001-");
    }

    @Test
    void restoreInPlaceOfWhatIsThere() throws Exception {
        assertThat(run("runBackup", "--recipient", recipient, "--signing-key", signing.toString())).startsWith("0\n");
        source.execute("INSERT INTO votes VALUES (3, 'water')");
        List<String> inPlace = List.of("--verification-key", verification.toString(), "--identity", identity.toString(),
                "--in-place-of", "production", "--table", "public.votes", "--confirm");

        assertThat(run("restoreBackup", with(inPlace, "yes")))
                .startsWith("3\n").contains("Nothing was done", "--confirm \"replace production\"");
        assertThat(run("restoreBackup", with(inPlace, "replace production")))
                .startsWith("1\n").contains("no keys for a backup of them", "Nothing was changed");
        assertThat(source.query("SELECT count(*) FROM votes")).containsExactly("3");
        assertThat(run("restoreBackup", with(inPlace, "replace production", "--recipient", recipient, "--signing-key",
                        signing.toString())))
                .startsWith("0\n").contains("Backing up production as it is now", "before is the backup 000002-");
        assertThat(source.query("SELECT count(*) FROM votes")).containsExactly("2");
        assertThat(source.query("SELECT kind FROM supabase_delivery.audit_events ORDER BY seq"))
                .containsExactly("backup.made", "backup.restored");
    }

    private static String[] with(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(run("runBackup", "--recipient", recipient, "--signing-key", signing.toString(), "--destination",
                "neer"))
                .startsWith("1\n").contains("There is no destination \"neer\"", "did you mean 'near'?");
        assertThat(run("runBackup", "--recipient", "AGE-SECRET-KEY-1X", "--signing-key", signing.toString()))
                .startsWith("1\n").contains("no public X25519 key of age").doesNotContain("AGE-SECRET-KEY-1X");
        assertThat(run("verifyBackup", "--verification-key", verification.toString()))
                .startsWith("1\n").contains("Make one with runBackup");
        assertThat(run("runBackup", "--recipient", recipient)).startsWith("3\n").contains("--signing-key");
    }

    /** @return the exit code, and below it what was written */
    private String run(String command, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of(command, "--casc", casc.toString(), "--environment", "production"));
        line.addAll(List.of(arguments));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code = Main.execute(out, new PrintWriter(out, true, StandardCharsets.UTF_8), line.toArray(String[]::new));
        return code + "\n" + bytes.toString(StandardCharsets.UTF_8);
    }

    /** In a process of its own, which has the database's user and password in its environment. */
    private String restore(String url, String more) throws IOException, InterruptedException {
        return new Shell(folder).run(Shell.JAR + " restoreBackup --casc " + casc + " --environment production"
                + " --verification-key " + verification + " --identity " + identity + " --database-url " + url + more);
    }
}
