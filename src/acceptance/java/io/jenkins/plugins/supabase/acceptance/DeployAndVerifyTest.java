package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.model.Result;
import hudson.slaves.DumbSlave;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The example application, deployed by its own Jenkinsfiles on an agent. */
@WithJenkins
class DeployAndVerifyTest {
    private static final Path EXAMPLE = Path.of("docs/examples/votes");

    private JenkinsRule jenkins;
    private SupabaseServers servers;
    private DumbSlave agent;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        servers = new SupabaseServers();
        servers.configureJenkins();
        rule.jenkins.setNumExecutors(0);
        agent = rule.createOnlineSlave();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void declarativeJenkinsfileOfTheExample() throws Exception {
        WorkflowRun run = build("Jenkinsfile", Result.SUCCESS);

        assertThat(run.getLog())
                .containsPattern("Deployed \\S+ to staging in")
                .contains("is up to date and healthy");
        assertThat(servers.query("select count(*) from supabase_migrations.schema_migrations"))
                .containsExactly(String.valueOf(EXAMPLE.resolve("supabase/migrations").toFile().list().length));
        assertThat(servers.project().functions().live("update-votes")).isPresent();
        assertNoSecretIn(run);
    }

    @Test
    void scriptedJenkinsfileOfTheExample() throws Exception {
        WorkflowRun run = build("Jenkinsfile.scripted", Result.SUCCESS);

        assertThat(run.getLog()).containsPattern("Deployed \\S+ to staging in");
        assertThat(servers.standIn().unknownRequests()).isEmpty();
        assertNoSecretIn(run);
    }

    @Test
    void unknownEnvironmentFailsWithTheNamesThatExist() throws Exception {
        WorkflowRun run = script("node { supabaseDeploy environment: 'production' }", Result.FAILURE);

        assertThat(run.getLog())
                .contains("There is no environment \"production\": there are staging")
                .doesNotContain("\tat ");
    }

    @Test
    void missingArgumentIsNamed() throws Exception {
        WorkflowRun run = script("node { supabaseDeploy directory: 'supabase' }", Result.FAILURE);

        assertThat(run.getLog()).contains("supabaseDeploy needs the argument environment").doesNotContain("\tat ");
    }

    @Test
    void unhealthyServiceFailsTheBuild() throws Exception {
        servers.project().health().report("storage", "UNHEALTHY");

        WorkflowRun run = script("verifyHealth environment: 'staging', timeout: 3", Result.FAILURE);

        assertThat(run.getLog()).contains("is not healthy").contains("storage").doesNotContain("\tat ");
    }

    @Test
    void unhealthyServiceMayMarkTheBuildUnstable() throws Exception {
        servers.project().health().report("storage", "UNHEALTHY");

        WorkflowRun run = script(
                "def health = verifyHealth environment: 'staging', timeout: 3, unstableOnly: true\n"
                        + "echo \"healthy: ${health.healthy}, probes: ${health.probes.size()}\"",
                Result.UNSTABLE);

        assertThat(run.getLog()).contains("healthy: false, probes: ");
    }

    @Test
    void abortEndsTheBuildAndLeavesTheMigrationUnapplied() throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(
                "node {\n"
                        + "  writeFile file: 'supabase/migrations/1_slow.sql',\n"
                        + "            text: 'create table slow (id int); select pg_sleep(300);'\n"
                        + "  supabaseDeploy environment: 'staging'\n"
                        + "}",
                true));
        WorkflowRun run = job.scheduleBuild2(0).waitForStart();
        awaitSleeping();

        long stopped = System.nanoTime();
        run.getExecutor().interrupt();
        jenkins.waitForCompletion(run);

        assertThat((System.nanoTime() - stopped) / 1_000_000_000).isLessThan(30);
        jenkins.assertBuildStatus(Result.ABORTED, run);
        assertThat(servers.query("select count(*) from pg_stat_activity where state = 'active' and query like"
                        + " '%pg_sleep(300)%' and pid <> pg_backend_pid()"))
                .containsExactly("0");
        assertThat(servers.query("select to_regclass('public.slow') is null")).containsExactly("t");
        assertThat(jenkins.createWebClient().getPage(run, "supabase-deployment").asNormalizedText())
                .contains("stopped after", "Nothing of this deployment is live", "preflight", "interrupted");
    }

    private void awaitSleeping() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (servers.query("select 1 from pg_stat_activity where wait_event = 'PgSleep'").size() == 1) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("The slow migration did not start");
    }

    private WorkflowRun build(String jenkinsfile, Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        FilePath workspace = agent.getWorkspaceFor(job);
        new FilePath(new File(EXAMPLE.toString())).copyRecursiveTo(workspace);
        job.setDefinition(new CpsFlowDefinition(Files.readString(EXAMPLE.resolve(jenkinsfile)), true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    private WorkflowRun script(String script, Result expected) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }

    private void assertNoSecretIn(WorkflowRun run) throws Exception {
        String log = run.getLog();
        assertThat(log.contains(servers.standIn().accessToken())).as("access token in the log").isFalse();
        assertThat(log.contains(servers.project().keys().secret())).as("API key in the log").isFalse();
        for (File file : run.getRootDir().listFiles(File::isFile)) {
            String stored = Files.readString(file.toPath(), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(stored.contains(servers.standIn().accessToken())).as("access token in " + file).isFalse();
            assertThat(stored.contains(servers.project().keys().secret())).as("API key in " + file).isFalse();
        }
    }
}
