package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.storage.StorageFixture;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.LocalPostgres;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Storage objects and configuration in the steps about backups. */
class StorageStepsTest {
    private static final byte[] PICTURE = "a picture of Ann".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private StorageFixture fixture;
    private Pipelines pipelines;

    @BeforeEach
    void prepare() throws Exception {
        fixture = new StorageFixture(folder);
        fixture.bucket("avatars");
        fixture.project.objects().put("avatars", "ann.png", PICTURE, "image/png");
        String identity = BackupFixture.newIdentityText();
        String signing = BackupFixture.newSigningKeyText();
        Path casc = Files.writeString(folder.resolve("jenkins.yaml"), """
                unclassified:
                  supabaseDelivery:
                    environments:
                      - name: production
                        projectRef: %s
                        managementUrl: "%s"
                        projectUrl: "%s"
                        databaseUrl: "%s"
                        databaseCredentialsId: db
                        accessTokenCredentialsId: token
                        policy: {production: true}
                        backup:
                          recipients: ["%s"]
                          signingKeyCredentialsId: signing
                          verificationKey: "%s"
                          identityCredentialsId: identity
                          masks: "auth.users.email: hash"
                      - name: staging
                        projectUrl: "http://127.0.0.1:1"
                        databaseUrl: "postgresql://127.0.0.1:1/postgres"
                        databaseCredentialsId: db
                    destinations:
                      - folder: {name: near, path: "%s"}
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - usernamePassword: {scope: GLOBAL, id: db, username: "%s", password: "%s"}
                          - string: {scope: GLOBAL, id: token, secret: "%s"}
                          - string: {scope: GLOBAL, id: signing, secret: "%s"}
                          - string: {scope: GLOBAL, id: identity, secret: "%s"}
                """.formatted(
                StorageFixture.REF, fixture.standIn.managementUrl(), fixture.project.url(), fixture.database.url(),
                AgeIdentity.parse(new SecretText(identity)).recipient().text(), BackupFixture.publicHalf(signing),
                folder.resolve("near"), LocalPostgres.USER, LocalPostgres.PASSWORD, fixture.standIn.accessToken(),
                signing.replace('\n', ' '), identity));
        pipelines = new Pipelines(folder).cascAt(casc);
        StepDescriptor.all().forEach(pipelines::step);
    }

    @AfterEach
    void forget() {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());
        SupabaseDeliveryConfiguration.get().setDestinations(List.of());
        fixture.close();
    }

    @Test
    void objectsGoNowhereElseWhereMasksAreDemanded() throws Exception {
        Outcome outcome = pipelines.run("node { runBackup environment: 'production'\n"
                + "restoreBackup environment: 'production', to: 'staging', storage: true }");

        assertThat(outcome.log())
                .contains("would put storage objects of environment \"production\" into another one", "files cannot be")
                .endsWith("Finished: FAILURE\n");
    }

    @Test
    void objectsAndConfigurationComeBackWithoutTheDatabase() throws Exception {
        fixture.project.objects().put("avatars", "gone.png", PICTURE, "image/png");
        String restore = "restoreBackup environment: 'production', to: 'production', storage: true, config: 'as-it-was'";
        pipelines.run("""
                node {
                    def backup = runBackup environment: 'production'
                    echo "objects: ${backup.storage.objects}, problems: ${backup.problems}"
                    verifyBackup environment: 'production', depth: 'read'
                }
                """);
        fixture.project.objects().remove("avatars", "gone.png");
        Outcome outcome = pipelines.run("""
                node {
                    try { %s } catch (e) { echo "refused: ${e.message}" }
                    def result = %s, confirm: 'production/storage'
                    echo "written ${result.storage.written}, there ${result.storage.same}, rows ${result.rows}"
                    echo readFile('as-it-was/buckets.json')
                }
                """.formatted(restore, restore));

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.log())
                .contains("refused: ", "confirm: 'production/storage'", "written 1, there 1, rows 0", "\"avatars\"")
                .doesNotContain("gone.png", "picture of Ann");
        assertThat(fixture.project.objects().content("avatars", "gone.png")).hasValue(PICTURE);
    }

    @Test
    void aStorageThatCannotBeReadMakesTheBuildUnstableAndTheBackupStays() throws Exception {
        fixture.project.faults().always("GET /storage/v1/object/**", Fault.status(403));

        Outcome outcome = pipelines.run("""
                node {
                    def backup = runBackup environment: 'production', parts: ['database', 'storage']
                    echo "made ${backup.id}, storage ${backup.storage}"
                    try {
                        runBackup environment: 'production', parts: ['storage']
                    } catch (e) { echo "refused: ${e.message}" }
                }
                """);

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.UNSTABLE);
        assertThat(outcome.log())
                .contains("The backup holds no storage objects", "storage null", "Add database.");
    }
}
