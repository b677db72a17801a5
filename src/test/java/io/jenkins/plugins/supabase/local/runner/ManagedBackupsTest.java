package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupFixture;
import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform keeps itself, beside what the plugin does. */
class ManagedBackupsTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String LIST = "node { def managed = listBackups(environment: 'production').managed;"
            + " echo \"managed: ${managed?.backups?.size()} from ${managed?.earliest}\" }";

    @TempDir
    private Path folder;

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(REF);
    private Pipelines pipelines;

    @BeforeEach
    void configure() throws Exception {
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
                        backup:
                          verificationKey: "%s"
                    destinations:
                      - folder: {name: near, path: "%s"}
                credentials:
                  system:
                    domainCredentials:
                      - credentials:
                          - string: {scope: GLOBAL, id: "token", secret: "${TOKEN}"}
                """.formatted(REF, standIn.managementUrl(), project.url(),
                        BackupFixture.publicHalf(BackupFixture.newSigningKeyText()), folder.resolve("near")));
        StepDescriptor.all().forEach(pipelines::step);
    }

    @AfterEach
    void forget() {
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
                .contains("managed: 2 from 2026-11-23T00:00:00Z");
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
}
