package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import io.jenkins.plugins.supabase.local.standin.StandInDatabase;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform keeps itself, beside what the plugin does. */
class ManagedBackupsTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String LIST = "node { def managed = listBackups(environment: 'production').managed;"
            + " echo \"managed: ${managed?.backups?.size()} from ${managed?.earliest}\";"
            + " echo \"first: ${managed?.backups?.getAt(0)?.insertedAt} ${managed?.backups?.getAt(0)?.physical}\" }";

    @TempDir
    private Path folder;

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(REF);
    private TestDatabase database;
    private Pipelines pipelines;

    @BeforeEach
    void configure() throws Exception {
        database = TestDatabase.create();
        database.execute("CREATE TABLE votes (choice text); INSERT INTO votes VALUES ('tea')");
        Files.createDirectories(folder.resolve("near"));
        pipelines = new Pipelines(folder).variable("TOKEN", standIn.accessToken()).casc("""
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: "production"
                        projectRef: "%s"
                        managementUrl: "%s"
                        projectUrl: "%s"
                        accessTokenCredentialsId: "token"
                        databaseUrl: "%s"
                        databaseCredentialsId: "db"
                        backup:
                          verificationKey: "%s"
                    destinations:
                      - folder: {name: near, path: "%s"}
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string: {scope: GLOBAL, id: "token", secret: "${TOKEN}"}
                          - usernamePassword: {scope: GLOBAL, id: "db", username: "postgres", password: "postgres"}
                """.formatted(REF, standIn.managementUrl(), project.url(), database.url(),
                        BackupFixture.publicHalf(BackupFixture.newSigningKeyText()), folder.resolve("near")));
        StepDescriptor.all().forEach(pipelines::step);
    }

    @AfterEach
    void forget() {
        project.managedBackups().clear();
        standIn.close();
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        SupabaseDeliveryConfiguration.get().setDestinations(List.of());
    }

    @Test
    void areListedWithTheWindowOfPointInTimeRecovery() throws Exception {
        project.managedBackups().made(Instant.parse("2026-11-28T04:00:00Z"));
        project.managedBackups().made(Instant.parse("2026-11-29T04:00:00Z"));
        project.managedBackups().pitrFrom(Instant.parse("2026-11-23T00:00:00Z"));

        Outcome outcome = pipelines.run(LIST);

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .containsSubsequence("Supabase's own backup 2  of 2026-11-29T04:00:00Z  completed", "own backup 1")
                .contains("take the project back to any moment from 2026-11-23T00:00:00Z to ")
                .contains("managed: 2 from 2026-11-23T00:00:00Z", "first: 2026-11-29T04:00:00Z true");
    }

    @Test
    void aProjectWithoutPointInTimeRecoverySaysSo() throws Exception {
        assertThat(pipelines.run(LIST).log())
                .contains("Supabase's own point-in-time recovery is off", "managed: 0 from null");
    }

    @Test
    void aTokenThatMayNotAskIsAProblemAndNoFailure() throws Exception {
        Outcome outcome = pipelines.variable("TOKEN", standIn.scopedToken("secrets_read")).run(LIST);

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .contains("PROBLEM: Supabase's own backups are not known: ", "backups_read", "managed: null from null");
    }

    @Test
    void areRestoredWhereSomebodyTypedThatTheyShall() throws Exception {
        project.managedBackups().of(new StandInDatabase(
                database.url().replaceFirst("/[^/]*$", ""), database.name(), LocalPostgres.USER,
                LocalPostgres.PASSWORD));
        project.managedBackups().made(Instant.parse("2026-11-29T04:00:00Z"));
        database.execute("INSERT INTO votes VALUES ('coffee')");
        project.managedBackups().restore().reads(0, 1);

        assertThat(pipelines.run("restoreManagedBackup environment: 'production', id: 1").log())
                .contains("would replace the database", "Nothing was done", "confirm: 'replace production'");
        assertThat(database.query("SELECT count(*) FROM votes")).containsExactly("2");
        Outcome outcome = pipelines.run("def made = restoreManagedBackup environment: 'production', id: 1,"
                + " confirm: 'replace production'; echo \"back at ${made.moment}, forth to ${made.restorePoint}\"");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .containsSubsequence(
                        "what was written since is lost", "Supabase made the restore point before-",
                        "Supabase was asked to, and says yes", "The project is RESTORING after", "is back after",
                        "back at 2026-11-29T04:00:00Z, forth to before-");
        assertThat(database.query("SELECT choice FROM votes")).containsExactly("tea");
    }

    @Test
    void anAbortSaysWhatSupabaseGoesOnWith() throws Exception {
        project.managedBackups().made(Instant.parse("2026-11-29T04:00:00Z"));
        project.managedBackups().restore().reads(0, 1000);
        CompletableFuture<Outcome> ended = CompletableFuture.supplyAsync(() -> {
            try {
                return pipelines.run("restoreManagedBackup environment: 'production', id: 1, restorePoint: 'none',"
                        + " confirm: 'replace production'");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        while (!pipelines.logSoFar().contains("The project is RESTORING")) {
            Thread.sleep(20);
        }
        pipelines.abort();

        assertThat(ended.get(60, TimeUnit.SECONDS).log())
                .contains("Supabase goes on taking the database of \"production\" back to 2026-11-29T04:00:00Z");
    }

    @Test
    void aRestorePointIsMadeByHand() throws Exception {
        Outcome outcome = pipelines.run("def made = createRestorePoint environment: 'production';"
                + " echo \"made ${made.name} of ${made.completedOn}\"");

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log()).containsPattern("made by-hand-\\d{10} of 20");
        assertThat(database.query("SELECT kind || ' ' || subject FROM supabase_delivery.audit_events"
                        + " WHERE kind LIKE 'restore%'"))
                .containsExactly("restorePoint.made restore-point/" + project.restorePoints().names().get(0));
    }
}
