package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Item;
import hudson.model.Result;
import hudson.util.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.htmlunit.Page;
import org.htmlunit.WebRequest;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What a plan and a deployment leave on a build: pages, JSON, artifacts, and nothing secret. */
@WithJenkins
class RecordPagesTest {
    private static final String CANARY = "canary-in-the-coal-mine";
    private static final String PROJECT = """
            writeFile file: 'supabase/migrations/1_polls.sql', text: 'create table polls (id bigint primary key);'
            writeFile file: 'supabase/functions/hello/index.ts', text: 'Deno.serve(() => new Response("hello"))'
            """;

    private JenkinsRule jenkins;
    private SupabaseServers servers;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        servers = new SupabaseServers();
        servers.configureJenkins();
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(CredentialsScope.GLOBAL, "canary", "", Secret.fromString(CANARY)));
        SystemCredentialsProvider.getInstance().save();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void planTellsPipelineReaderAndMachineTheSameAndChangesNothing() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                def plan = supabasePlan environment: 'staging'
                echo "empty: ${plan.empty}, ${plan.migrations*.fileName}, ${plan.functions*.slug}, page: ${plan.page}"
                """);

        jenkins.assertLogContains("empty: false, [1_polls.sql], [hello], page: supabase-plan", run);
        HtmlPage page = jenkins.createWebClient().getPage(run, "supabase-plan");
        assertThat(page.asNormalizedText()).contains("1 migration, 1 edge function", "1_polls.sql", "hello");
        assertThat(jenkins.createWebClient().getPage(run).asNormalizedText())
                .contains("Supabase plan: staging", "1 migration, 1 edge function");
        assertThat(run.getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .anyMatch("supabase-delivery/supabase-plan.json"::equals)
                .anyMatch(path -> path.matches("supabase-delivery/releases/[0-9a-f]{64}\\.zip"));
        assertThat(servers.query("select to_regclass('public.polls') is null")).containsExactly("t");
        assertThat(servers.project().functions().live("hello")).isEmpty();
        assertOnlySentWhenChanged(run.getUrl() + "supabase-plan/json");
    }

    private void assertOnlySentWhenChanged(String address) throws Exception {
        JenkinsRule.WebClient client =
                jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        Page first = client.goTo(address, "application/json");
        WebRequest again = new WebRequest(first.getUrl());
        again.setAdditionalHeader(
                "If-None-Match", first.getWebResponse().getResponseHeaderValue("ETag"));
        assertThat(first.getWebResponse().getContentAsString()).contains("\"digest\"");
        assertThat(client.getPage(again).getWebResponse().getStatusCode()).isEqualTo(304);
    }

    @Test
    void deploymentAndItsPlanLeadToEachOther() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                def result = supabaseDeploy environment: 'staging'
                echo "${result.outcome}, ${result.functions*.change}, deployment ${result.deployment}"
                """);

        jenkins.assertLogContains("succeeded, [new], deployment 1", run);
        HtmlPage plan = jenkins.createWebClient().getPage(run, "supabase-plan");
        HtmlPage deployment = plan.getAnchorByText("Deployment").click();
        assertThat(deployment.asNormalizedText())
                .contains("Supabase deployment: staging", "succeeded in", "migration", "1_polls.sql", "done", "health");
        assertThat(deployment.getAnchorByText("Plan").getHrefAttribute()).isEqualTo("../supabase-plan");
        assertThat(jenkins.createWebClient().getPage(run).asNormalizedText()).contains("succeeded in");
    }

    @Test
    void rollbackKnowsBeforehandWhichSecretsItCanRestore() throws Exception {
        build(Result.SUCCESS, "supabaseDeploy environment: 'staging', secrets: [KEY: 'canary'], version: '1.0'");
        build(Result.SUCCESS, """
                writeFile file: 'supabase/rollbacks/2_more.sql', text: 'drop table more;'
                writeFile file: 'supabase/migrations/2_more.sql', text: 'create table more (id bigint primary key);'
                supabaseDeploy environment: 'staging', secrets: [KEY: 'smtp-password'], version: '1.1'
                """);

        WorkflowRun run = build(Result.SUCCESS, "rollbackDeployment environment: 'staging'");

        HtmlPage plan = jenkins.createWebClient().getPage(run, "supabase-rollback");
        assertThat(plan.asNormalizedText())
                .contains("From release 1.1 back to 1.0", "KEY from the credential canary", "rollbacks/2_more.sql takes back 2")
                .doesNotContain("Stays as it is");
        HtmlPage rollback = plan.getAnchorByText("Rollback").click();
        assertThat(rollback.asNormalizedText()).contains("Supabase rollback: staging", "Rolled back staging to release 1.0");
        assertThat(servers.project().secrets().value("KEY")).contains(CANARY);
    }

    @Test
    void unchangedEnvironmentNeedsNothing() throws Exception {
        build(Result.SUCCESS, "supabaseDeploy environment: 'staging'");

        WorkflowRun run = build(Result.SUCCESS, """
                echo "plan: ${supabasePlan(environment: 'staging').empty}"
                echo "deploy: ${supabaseDeploy(environment: 'staging').outcome}"
                """);

        jenkins.assertLogContains("plan: true", run);
        jenkins.assertLogContains("deploy: unchanged", run);
        assertThat(jenkins.createWebClient().getPage(run, "supabase-plan-2").asNormalizedText())
                .contains("Nothing to do");
    }

    @Test
    void failedDeploymentSaysWhyOnItsPage() throws Exception {
        WorkflowRun run = build(
                Result.FAILURE,
                "writeFile file: 'supabase/migrations/2_bad.sql', text: 'select * from nowhere;'\n"
                        + "supabaseDeploy environment: 'staging'");

        jenkins.assertLogNotContains("\tat ", run);
        assertThat(jenkins.createWebClient().getPage(run, "supabase-deployment").asNormalizedText())
                .contains("nowhere", "2_bad.sql", "failed");
    }

    @Test
    void recordThatWasDeletedLeavesAPageThatSaysSo() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, "supabasePlan environment: 'staging'");

        Files.delete(run.getRootDir().toPath().resolve("supabase-delivery/supabase-plan.json"));

        assertThat(jenkins.createWebClient().getPage(run, "supabase-plan").asNormalizedText())
                .contains("The plan is not here any more");
        assertThat(jenkins.createWebClient().getPage(run).asNormalizedText()).contains("Supabase plan: staging");
    }

    @Test
    void whoeverMayNotReadTheJobSeesNothing() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, "supabasePlan environment: 'staging'");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("dev", "reader")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));

        for (String page : List.of("supabase-plan/", "supabase-plan/json")) {
            assertThat(status("dev", run.getUrl() + page)).isEqualTo(404);
            assertThat(status("reader", run.getUrl() + page)).isEqualTo(200);
        }
    }

    @Test
    void secretIsNowhere() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, """
                writeFile file: 'supabase/config.toml', text: '[auth]\\nsite_url = "env(SITE)"\\n'
                withEnv(['SITE=https://votes.example.com']) {
                    supabaseDeploy environment: 'staging', secrets: [CANARY: 'canary'], credentials: [UNUSED: 'canary']
                }
                """);

        assertThat(servers.project().secrets().names()).contains("CANARY");
        assertThat(run.getLog()).doesNotContain(CANARY);
        for (String page : List.of("supabase-plan", "supabase-deployment", "")) {
            assertThat(jenkins.createWebClient().getPage(run, page).getWebResponse().getContentAsString())
                    .doesNotContain(CANARY);
        }
        try (Stream<Path> files = Files.walk(run.getRootDir().toPath())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(text(file)).as(file.toString()).doesNotContain(CANARY);
            }
        }
        for (String table : List.of("releases", "deployments", "steps", "audit_events", "environment_states")) {
            assertThat(servers.query("select t::text from supabase_delivery." + table + " t"))
                    .noneMatch(row -> row.contains(CANARY));
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private int status(String user, String address) throws Exception {
        return jenkins.createWebClient()
                .login(user)
                .withThrowExceptionOnFailingStatusCode(false)
                .goTo(address, null)
                .getWebResponse()
                .getStatusCode();
    }

    private WorkflowRun build(Result expected, String script) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("node {\n" + PROJECT + script + "\n}", true));
        return jenkins.assertBuildStatus(expected, job.scheduleBuild2(0));
    }
}
