package io.jenkins.plugins.supabase.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.standin.StandInDatabase;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Supabase's own backups, without Jenkins. */
class ManagedCommandsTest {
    private static final String REF = "abcdefghijklmnopqrst";

    @TempDir
    private Path folder;

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(REF);
    private TestDatabase database;
    private Path casc;

    @BeforeEach
    void configure() throws Exception {
        database = TestDatabase.create();
        database.execute("CREATE TABLE votes (choice text); INSERT INTO votes VALUES ('tea')");
        project.managedBackups().of(new StandInDatabase(
                database.url().replaceFirst("/[^/]*$", ""), database.name(), LocalPostgres.USER,
                LocalPostgres.PASSWORD));
        project.managedBackups().restore().reads(0, 1);
        casc = Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: production
                        projectRef: %s
                        managementUrl: "%s"
                        databaseUrl: "%s"
                        databaseCredentialsId: db
                        accessTokenCredentialsId: token
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - usernamePassword: {scope: GLOBAL, id: db, username: postgres, password: postgres}
                          - string: {scope: GLOBAL, id: token, secret: "%s"}
                """.formatted(REF, standIn.managementUrl(), database.url(), standIn.accessToken()));
    }

    @AfterEach
    void forget() {
        project.managedBackups().clear();
        standIn.close();
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
    }

    @Test
    void aRestorePointIsMadeAndGoneBackTo() throws Exception {
        assertThat(run("createRestorePoint", "--name", "before-import"))
                .startsWith("0\n").contains("Supabase made the restore point before-import of production");
        database.execute("INSERT INTO votes VALUES ('coffee')");

        assertThat(run("restoreManagedBackup", "--to-restore-point", "before-import", "--restore-point", "none",
                        "--confirm", "replace production"))
                .startsWith("0\n").contains("The project is RESTORING", "The database of production is back");

        assertThat(database.query("SELECT choice FROM votes")).containsExactly("tea");
    }

    @Test
    void areListedBesideOurs() throws Exception {
        project.managedBackups().made(Instant.parse("2026-11-29T04:00:00Z"));
        Path key = Files.writeString(
                folder.resolve("key.pem"), BackupFixture.publicHalf(BackupFixture.newSigningKeyText()));
        Files.writeString(casc, Files.readString(casc).replace("credentials:\n  system", """
                    destinations:
                      - folder: {name: near, path: "%s"}
                credentials:
                  system""".formatted(Files.createDirectories(folder.resolve("near")))));

        assertThat(run("listBackups", "--verification-key", key.toString()))
                .startsWith("0\n")
                .contains("Supabase's own backup 1  of 2026-11-29T04:00:00Z  completed", "point-in-time recovery is off");
    }

    @Test
    void theRunbooksCommandTakesTheProjectBackWithItsConfigurationAlone() throws Exception {
        project.managedBackups().pitrFrom(Instant.now().minusSeconds(3600));
        project.managedBackups().moment(Instant.now().minusSeconds(1800));
        database.execute("INSERT INTO votes VALUES ('coffee')");
        String text = run("recoveryRunbook");
        Matcher yaml = Pattern.compile("```\n(unclassified:.*?)```", Pattern.DOTALL).matcher(text);
        Matcher command = Pattern.compile(
                        "(restoreManagedBackup) --casc.*?(--time) \\S+ (--confirm) \"(.*?)\"", Pattern.DOTALL)
                .matcher(text);
        assertThat(yaml.find()).as(text).isTrue();
        assertThat(command.find()).as(text).isTrue();
        casc = Files.writeString(folder.resolve("recovery.yaml"),
                yaml.group(1).replace("${SUPABASE_ACCESS_TOKEN:-}", standIn.accessToken()));

        assertThat(run(command.group(1), command.group(2), Instant.now().minusSeconds(900).toString(), command.group(3),
                        command.group(4)))
                .startsWith("2\n").contains("is not on record in its ledger", "The database of production is back");

        assertThat(database.query("SELECT choice FROM votes")).containsExactly("tea");
    }

    @Test
    void nothingIsDoneWithoutTheTypedConfirmationOrForWhatThereIsNot() throws Exception {
        project.managedBackups().made(Instant.parse("2026-11-29T04:00:00Z"));

        assertThat(run("restoreManagedBackup", "--id", "1"))
                .startsWith("3\n").contains("Nothing was done", "--confirm \"replace production\"");
        assertThat(run("restoreManagedBackup", "--id", "1", "--restore-point", "maybe", "--confirm",
                        "replace production"))
                .startsWith("3\n").contains("none, ifPossible or required");
        assertThat(run("restoreManagedBackup", "--id", "7", "--confirm", "replace production"))
                .startsWith("1\n").contains("has no backup 7", "1 of 2026-11-29T04:00:00Z");
        assertThat(run("createRestorePoint", "--name", "far too long for a restore point"))
                .startsWith("1\n").contains("at most 20 letters");
        assertThat(project.managedBackups().restore().goesOn()).isFalse();
        assertThat(project.restorePoints().names()).isEmpty();
    }

    /** @return the exit code, and below it what was written */
    private String run(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, "--casc", casc.toString(), "--environment", "production"));
        line.addAll(List.of(arguments));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        int code = Main.execute(out, new PrintWriter(out, true), line.toArray(String[]::new));
        return code + "\n" + said.toString(StandardCharsets.UTF_8);
    }
}
