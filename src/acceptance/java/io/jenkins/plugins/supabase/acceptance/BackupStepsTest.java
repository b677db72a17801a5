package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.QueueItemAuthenticatorConfiguration;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockQueueItemAuthenticator;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Backups by steps: the nightly pipeline of the example, its pages, who may, and an abort. */
@WithJenkins
class BackupStepsTest {
    @TempDir
    private Path folder;

    private JenkinsRule jenkins;
    private BackupPlaces places;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        places = new BackupPlaces(folder);
        places.configureJenkins();
    }

    @AfterEach
    void stop() {
        places.close();
    }

    @Test
    void theNightlyPipelineBacksUpDrillsAndGivesNothingAway() throws Exception {
        assumeThat(Path.of("/usr/lib/postgresql")).as("PostgreSQL's server programs, for the drill").exists();

        WorkflowRun run = build(null, Result.SUCCESS, Files.readString(BackupPlaces.EXAMPLE.resolve("Jenkinsfile")));

        jenkins.assertLogContains("2 rows in near and far", run);
        jenkins.assertLogContains("is sound, verified by restore", run);
        HtmlPage backup = jenkins.createWebClient().getPage(run, "supabase-backup");
        assertThat(backup.asNormalizedText())
                .contains("the first one", "public.customers", "near, far", places.values.get("BACKUP_RECIPIENT"));
        HtmlPage drill = jenkins.createWebClient().getPage(run, "supabase-backup-2");
        assertThat(drill.asNormalizedText()).contains("RTO, the time to restore", "is sound, verified by restore");
        assertThat(places.query("select kind from supabase_delivery.audit_events where kind like 'backup.%' order by seq"))
                .containsExactly("backup.made", "backup.verified");
        assertThat(places.listed()).hasSize(2);
        assertThat(places.filesWithCanaries(folder)).isEmpty();
        assertThat(places.filesWithCanaries(run.getRootDir().toPath())).isEmpty();
        awaitCard("RPO of 25 h met");
        awaitCard("RTO of 1 h met");
    }

    private void awaitCard(String text) throws Exception {
        String card = "";
        for (int i = 0; i < 300 && !card.contains(text); i++) {
            card = jenkins.createWebClient().goTo("supabase-environments/").asNormalizedText();
            Thread.sleep(100);
        }
        assertThat(card).contains(text);
    }

    @Test
    void formAndCodeKeepTheConfiguration() throws Exception {
        String configured = shown();

        jenkins.configRoundtrip();

        assertThat(shown()).isEqualTo(configured);
        assertThat(configured).contains("daily 7", "25h", "backup-identity");
    }

    private static String shown() {
        BackupConfiguration backup =
                SupabaseDeliveryConfiguration.get().environment("production").getBackup();
        return List.of(
                        backup.getRecipients(),
                        backup.getSigningKeyCredentialsId(),
                        backup.getVerificationKey(),
                        backup.getIdentityCredentialsId(),
                        String.valueOf(backup.getDestinations()),
                        backup.getMinDestinations(),
                        backup.getKeep(),
                        backup.getRpo(),
                        backup.getRto(),
                        String.valueOf(backup.getMasks()))
                .toString();
    }

    @Test
    void abortLeavesNothingListedAndNobodyAtWork() throws Exception {
        WorkflowJob job = job("node { runBackup environment: 'production' }");
        try (Connection other = places.postgres.connect("shop");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table customers in access exclusive mode");
            WorkflowRun run = job.scheduleBuild2(0).waitForStart();
            places.awaitWaiting();
            run.doStop();
            jenkins.assertBuildStatus(Result.ABORTED, jenkins.waitForCompletion(run));
            jenkins.assertLogContains("Stopped.", run);
            assertThat(jenkins.createWebClient().getPage(run, "supabase-backup").asNormalizedText())
                    .contains("It was stopped.");
        }
        assertThat(places.listed()).isEmpty();
        build(null, Result.SUCCESS, "node { runBackup environment: 'production' }");
        assertThat(places.listed()).hasSize(2);
    }

    @Test
    void whoMay() throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD, Computer.BUILD, CredentialsProvider.USE_ITEM)
                .everywhere()
                .to("dev", "operator", "viewer")
                .grant(Permissions.BACKUP)
                .everywhere()
                .to("operator")
                .grant(Permissions.VIEW)
                .everywhere()
                .to("viewer"));
        String restore = "node { restoreBackup environment: 'production', to: 'production', database: 'restored' }";

        WorkflowRun refused = build("viewer", Result.FAILURE, "node { runBackup environment: 'production' }");
        jenkins.assertLogContains("who has no permission Supabase/Backup on its job", refused);
        build("viewer", Result.SUCCESS, "node { listBackups environment: 'production' }");
        build("dev", Result.FAILURE, "node { listBackups environment: 'production' }");
        build("operator", Result.SUCCESS, "node { runBackup environment: 'production' }");
        jenkins.assertLogContains("no permission Supabase/Restore", build("operator", Result.FAILURE, restore));
        jenkins.assertLogContains("Nobody started this build by hand", build(null, Result.FAILURE, restore));
        assertThat(places.query("select datname from pg_database where datname = 'restored'")).isEmpty();
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    /** @param user whom the build runs as; null for the system */
    private WorkflowRun build(String user, Result expected, String script) throws Exception {
        WorkflowJob job = job(script);
        QueueItemAuthenticatorConfiguration.get().getAuthenticators().clear();
        if (user != null) {
            QueueItemAuthenticatorConfiguration.get()
                    .getAuthenticators()
                    .add(new MockQueueItemAuthenticator().authenticate(
                            job.getFullName(), User.getOrCreateByIdOrFullName(user).impersonate2()));
        }
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }
}
