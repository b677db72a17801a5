package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted in the middle of a backup, while the agent's process lives on. */
class BackupRestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    @TempDir
    private Path folder;

    /** In tests Pipeline gives a lost agent 15 s instead of 5 min, too little for a busy machine. */
    @BeforeEach
    void waitForTheAgentAsInProduction() {
        ExecutorStepExecution.TIMEOUT_WAITING_FOR_NODE_MILLIS = TimeUnit.MINUTES.toMillis(5);
    }

    @Test
    void oneBackupIsMadeAndToldOf() throws Throwable {
        try (BackupPlaces places = new BackupPlaces(folder);
                Connection other = places.postgres.connect("shop");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table customers in access exclusive mode");
            sessions.then(jenkins -> {
                places.configureJenkins();
                jenkins.jenkins.setNumExecutors(0);
                agents.createAgent(jenkins, "remote");
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "nightly");
                job.setDefinition(new CpsFlowDefinition(
                        "node('remote') {\n"
                                + "  def backup = runBackup environment: 'production'\n"
                                + "  echo \"made ${backup.sequence} in ${backup.destinations}\"\n"
                                + "}",
                        true));
                job.scheduleBuild2(0).waitForStart();
                places.awaitWaiting();
            });
            sessions.then(jenkins -> {
                other.rollback();
                WorkflowRun run = jenkins.jenkins.getItemByFullName("nightly", WorkflowJob.class).getLastBuild();
                jenkins.waitForCompletion(run);

                jenkins.assertBuildStatus(Result.SUCCESS, run);
                assertThat(run.getLog())
                        .contains("The controller was restarted")
                        .contains("made 1 in [near, far]");
                assertThat(places.listed()).hasSize(2);
                assertThat(places.query("select count(*) from supabase_delivery.audit_events where kind = 'backup.made'"))
                        .containsExactly("1");
            });
        }
    }
}
