package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.junit.jupiter.InboundAgentExtension;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted in the middle of a slow migration. */
class RestartTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @RegisterExtension
    private final InboundAgentExtension agents = new InboundAgentExtension();

    /** In tests Pipeline gives a lost agent 15 s instead of 5 min, too little for a busy machine. */
    @BeforeEach
    void waitForTheAgentAsInProduction() {
        ExecutorStepExecution.TIMEOUT_WAITING_FOR_NODE_MILLIS = TimeUnit.MINUTES.toMillis(5);
    }

    @Test
    void deploymentGoesOnAndTellsWhatItDidAsAWhole() throws Throwable {
        try (SupabaseServers servers = new SupabaseServers()) {
            sessions.then(jenkins -> {
                servers.configureJenkins();
                jenkins.jenkins.setNumExecutors(0);
                agents.createAgent(jenkins, "remote");
                WorkflowJob job = jenkins.createProject(WorkflowJob.class, "deploy");
                job.setDefinition(new CpsFlowDefinition(
                        "node('remote') {\n"
                                + "  writeFile file: 'supabase/migrations/1_first.sql', text: 'create table a (id int);'\n"
                                + "  writeFile file: 'supabase/migrations/2_slow.sql',\n"
                                + "            text: 'create table b (id int); select pg_sleep(15);'\n"
                                + "  writeFile file: 'supabase/migrations/3_last.sql', text: 'create table c (id int);'\n"
                                + "  def result = supabaseDeploy environment: 'staging'\n"
                                + "  echo \"applied: ${result.migrations*.version}\"\n"
                                + "}",
                        true));
                job.scheduleBuild2(0).waitForStart();
                awaitSleeping(servers);
            });
            sessions.then(jenkins -> {
                WorkflowRun run = jenkins.jenkins.getItemByFullName("deploy", WorkflowJob.class).getLastBuild();
                jenkins.waitForCompletion(run);

                jenkins.assertBuildStatus(Result.SUCCESS, run);
                assertThat(run.getLog())
                        .contains("The controller was restarted")
                        .contains("applied: [1, 2, 3]");
                assertThat(servers.query("select version from supabase_migrations.schema_migrations order by version"))
                        .containsExactly("1", "2", "3");
            });
        }
    }

    private static void awaitSleeping(SupabaseServers servers) throws Exception {
        for (int i = 0; i < 1_800; i++) {
            if (servers.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'").size() == 1) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The slow migration did not start");
    }
}
