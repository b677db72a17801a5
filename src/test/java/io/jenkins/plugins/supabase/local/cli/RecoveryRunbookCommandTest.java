package io.jenkins.plugins.supabase.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does what the runbook says, and no more, has the data again. */
@Timeout(180)
class RecoveryRunbookCommandTest {
    private static final Pattern BLOCK = Pattern.compile("\n```\n(.*?)\n```\n", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void itsCommandsRestoreWhereNoJenkinsIsLeft() throws Exception {
        TestDatabase source = TestDatabase.create();
        source.execute("CREATE TABLE votes (id int PRIMARY KEY, choice text); INSERT INTO votes VALUES (1, 'tea')");
        String identity = BackupFixture.newIdentityText();
        String recipient = AgeIdentity.parse(new SecretText(identity)).recipient().text();
        String signing = BackupFixture.newSigningKeyText();
        Files.writeString(folder.resolve("signing.pem"), signing);
        Files.writeString(folder.resolve("identity.txt"), identity);
        Files.createDirectories(folder.resolve("near"));
        Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: "production"
                        databaseUrl: "%s"
                        projectUrl: "http://127.0.0.1:1"
                        databaseCredentialsId: "db"
                        backup:
                          recipients: ["%s Ops, safe in the cellar"]
                          verificationKey: "%s"
                          identityCredentialsId: "drills"
                    destinations:
                      - folder: {name: "near", path: "%s"}
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - usernamePassword: {scope: GLOBAL, id: "db", username: "postgres", password: "${PGPASSWORD}"}
                """.formatted(source.url(), recipient, BackupFixture.publicHalf(signing), folder.resolve("near")));
        assertThat(new Shell(folder).run(command("runBackup") + " --recipient " + recipient + " --signing-key signing.pem"))
                .startsWith("0\n");
        String text = new Shell(folder).run(command("recoveryRunbook"));
        assertThat(text)
                .startsWith("0\n")
                .contains(recipient + "  Ops, safe in the cellar", "Jenkins holds one as its credentials drills")
                .contains("No backup has been verified", "the folder " + folder.resolve("near"))
                .doesNotContain(identity, signing.substring(30, 60));

        List<String> blocks = blocks(text.substring(text.indexOf("## What is needed")));
        Files.delete(folder.resolve("jenkins.yaml"));
        Files.delete(folder.resolve("signing.pem"));
        Files.writeString(folder.resolve("verification.pem"), blocks.get(1));
        List<String> commands = blocks(text.substring(text.indexOf("## Without Jenkins")));
        Files.writeString(folder.resolve("recovery.yaml"), commands.get(0));
        String target = BackupFixture.urlOfNew(source, "by_runbook");
        String output = new Shell(folder).run(commands.get(1).replace("postgresql://NEW_SERVER:5432/restored", target));

        assertThat(output).startsWith("0\n").contains("is sound, verified by read", "was restored in");
        try (Connection restored = DriverManager.getConnection(
                        "jdbc:" + target, LocalPostgres.USER, LocalPostgres.PASSWORD);
                ResultSet rows = restored.createStatement().executeQuery("SELECT choice FROM votes")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("tea");
        }
        TestDatabase.create().execute("DROP DATABASE by_runbook");
    }

    private static String command(String name) {
        return Shell.JAR + " " + name + " --casc jenkins.yaml --environment production";
    }

    private static List<String> blocks(String markdown) {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(markdown);
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }
}
