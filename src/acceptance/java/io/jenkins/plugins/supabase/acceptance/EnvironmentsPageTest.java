package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.Result;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.supabase.config.Permissions;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import jenkins.model.Jenkins;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.MockFolder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages of environments and of their audit chains: who sees them, and what machines get. */
@WithJenkins
class EnvironmentsPageTest {
    private static final String PAGE = "supabase-environments/";
    private static final List<String> ADDRESSES = List.of(
            PAGE,
            PAGE + "json",
            PAGE + "environment/staging/",
            PAGE + "environment/staging/json",
            PAGE + "compare/",
            PAGE + "audit/",
            PAGE + "audit/json",
            PAGE + "audit/events.csv",
            PAGE + "audit/events.json");

    private JenkinsRule jenkins;
    private SupabaseServers servers;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        jenkins = rule;
        servers = new SupabaseServers();
        servers.configureJenkins();
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    @Test
    void withoutEnvironmentsThePageTeaches() throws Exception {
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of());

        HtmlPage page = jenkins.createWebClient().goTo(PAGE);

        assertThat(page.asNormalizedText())
                .contains("No environment is configured yet", "supabaseDelivery:", "supabaseDeploy environment: 'staging'");
    }

    @Test
    void showsADeploymentAndItsAudit() throws Exception {
        MockFolder shop = jenkins.createFolder("shop");
        jenkins.createFolder("other");
        deploy(shop.createProject(WorkflowJob.class, "deploy"));
        awaitBoard(json -> json.contains("\"succeeded\""));

        assertThat(jenkins.createWebClient().goTo(PAGE).asNormalizedText()).contains("staging", "succeeded");
        assertThat(jenkins.createWebClient().goTo("job/shop/" + PAGE).asNormalizedText()).contains("staging");
        assertThat(jenkins.createWebClient().goTo("job/other/" + PAGE).asNormalizedText())
                .contains("No job in here has deployed yet")
                .doesNotContain("staging");
        assertThat(jenkins.createWebClient().goTo(PAGE + "environment/staging/").asNormalizedText())
                .contains("Deployments", "succeeded");
        assertThat(jenkins.createWebClient().goTo(PAGE + "audit/").asNormalizedText())
                .contains("deployment.started", "deployment.ended");
        assertThat(jenkins.createWebClient().goTo("job/shop/" + PAGE + "audit/").asNormalizedText())
                .contains("deployment.started", "deployment.ended")
                .doesNotContain("The chain ends at");
        assertThat(get(null, "job/shop/" + PAGE + "audit/events.csv").getContentAsString()).contains("deployment.ended");
        assertThat(get(null, "job/other/" + PAGE + "audit/events.csv?environment=staging").getStatusCode()).isEqualTo(404);
        assertThat(post(null, "job/shop/" + PAGE + "audit/verify?environment=staging").getStatusCode()).isEqualTo(404);
        assertThat(get(null, PAGE + "audit/events.csv?kind=deployment.ended").getContentAsString())
                .contains("deployment/1")
                .doesNotContain("deployment.started");
        assertThat(get(null, PAGE + "audit/events.json").getContentAsString()).contains("\"kind\":\"deployment.ended\"");
        assertThat(post(null, PAGE + "audit/verify?environment=staging").getContentAsString())
                .contains("\"intact\":true");
        servers.execute("set session_replication_role = replica; update supabase_delivery.audit_events set actor = 'x'"
                + " where seq = 1");
        assertThat(post(null, PAGE + "audit/verify?environment=staging").getContentAsString())
                .contains("\"intact\":false", "Event 1");
    }

    @Test
    void eventsGoToAFileWhereConfigurationAsCodeSaysSo(@TempDir Path folder) throws Exception {
        Path yaml = Files.writeString(
                folder.resolve("jenkins.yaml"),
                "unclassified:\n  supabaseDelivery:\n    eventLog:\n      file: true\n");
        ConfigurationAsCode.get().configure(yaml.toUri().toString());
        awaitBoard(json -> json.contains("\"read\""));
        deploy(jenkins.createProject(WorkflowJob.class));
        awaitBoard(json -> json.contains("\"succeeded\""));

        Path file = jenkins.jenkins.getRootDir().toPath().resolve("logs/supabase-events.0.log");
        assertThat(Files.readAllLines(file))
                .anyMatch(line -> line.contains("deployment.ended"))
                .allMatch(line -> line.startsWith("{\"at\":\"") && line.contains("\"environment\":\"staging\""));
        jenkins.configRoundtrip();
        assertThat(SupabaseDeliveryConfiguration.get().getEventLog().isFile()).isTrue();
    }

    @Test
    void changesOfTheConfigurationAreInTheChain() throws Exception {
        deploy(jenkins.createProject(WorkflowJob.class));
        secure();
        var environment = servers.staging();
        environment.getPolicy().setTrace(true);
        try (ACLContext admin = ACL.as(User.getOrCreateByIdOrFullName("admin"))) {
            SupabaseDeliveryConfiguration.get().setEnvironments(List.of(environment));
        }

        String event = "";
        for (int i = 0; i < 60 && !event.contains("configuration.changed"); i++) {
            Thread.sleep(500);
            event = get("viewer", PAGE + "audit/json?kind=configuration.").getContentAsString();
        }
        assertThat(event)
                .contains("\"actor\":\"admin\"", "configuration.changed", "environment/staging", "policy.trace")
                .doesNotContain("127.0.0.1");
    }

    @Test
    void jsonIsOnlySentWhenChanged() throws Exception {
        awaitBoard(json -> json.contains("\"read\""));
        WebResponse first = get(null, PAGE + "json");
        JenkinsRule.WebClient client = client(null);
        WebRequest again = new WebRequest(client.createCrumbedUrl(PAGE + "json"));
        again.setAdditionalHeader("If-None-Match", first.getResponseHeaderValue("ETag"));

        assertThat(first.getContentAsString()).contains("\"name\":\"staging\"");
        assertThat(client.getPage(again).getWebResponse().getStatusCode()).isEqualTo(304);
    }

    @Test
    void ledgerThatCannotBeReachedIsNoErrorPage() throws Exception {
        var environment = servers.staging();
        environment.setDatabaseUrl("postgresql://127.0.0.1:9/nowhere");
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(environment));
        awaitBoard(json -> json.contains("cannot be read"));

        assertThat(jenkins.createWebClient().goTo(PAGE).asNormalizedText()).contains("nothing listens");
        assertThat(jenkins.createWebClient().goTo(PAGE + "audit/").asNormalizedText()).contains("nothing listens");
        assertThat(get(null, PAGE + "audit/events.csv").getStatusCode()).isEqualTo(503);
    }

    @Test
    void nobodySeesAnythingWithoutPermission() throws Exception {
        secure();

        for (String address : ADDRESSES) {
            for (String user : new String[] {null, "dev"}) {
                WebResponse answer = get(user, address);
                if (user != null) {
                    assertThat(answer.getStatusCode()).as(address).isIn(403, 404);
                } else {
                    // Browsers are led to where one logs in.
                    assertThat(answer.getContentAsString()).contains("login");
                }
                assertThat(answer.getContentAsString()).doesNotContain("staging\"", "staging<");
            }
            assertThat(get("admin", address).getStatusCode()).as(address).isEqualTo(200);
            assertThat(get("viewer", address).getStatusCode()).as(address).isEqualTo(200);
        }
        assertThat(post("dev", PAGE + "refresh").getStatusCode()).isEqualTo(403);
        assertThat(post("dev", PAGE + "audit/verify?environment=staging").getStatusCode()).isEqualTo(403);
        assertThat(post("viewer", PAGE + "refresh").getStatusCode()).isEqualTo(202);
        assertThat(get("viewer", PAGE + "refresh").getStatusCode()).isIn(404, 405);
        assertThat(get("viewer", PAGE + "audit/verify?environment=staging").getStatusCode()).isIn(404, 405);
        assertThat(jenkins.createWebClient().login("dev").goTo("").asXml()).doesNotContain("supabase-environments");
        assertThat(jenkins.createWebClient().login("viewer").goTo("").asXml()).contains("supabase-environments");
    }

    private void secure() {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("dev", "viewer")
                .grant(Permissions.VIEW)
                .everywhere()
                .to("viewer")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private void deploy(WorkflowJob job) throws Exception {
        job.setDefinition(new CpsFlowDefinition(
                "node {\nwriteFile file: 'supabase/migrations/1_polls.sql', text: 'create table polls (id bigint);'\n"
                        + "supabaseDeploy environment: 'staging'\n}",
                true));
        jenkins.assertBuildStatus(Result.SUCCESS, job.scheduleBuild2(0));
    }

    /** Ledgers are read in the background. */
    private void awaitBoard(Predicate<String> expected) throws Exception {
        String json = "";
        for (int i = 0; i < 60 && !expected.test(json); i++) {
            post(null, PAGE + "refresh");
            Thread.sleep(500);
            json = get(null, PAGE + "json").getContentAsString();
        }
        assertThat(json).matches(expected);
    }

    private WebResponse get(String user, String address) throws Exception {
        return client(user).goTo(address, null).getWebResponse();
    }

    private WebResponse post(String user, String address) throws Exception {
        JenkinsRule.WebClient client = client(user);
        String separator = address.contains("?") ? "&" : "?";
        WebRequest request = new WebRequest(
                new java.net.URL(jenkins.getURL(), address + separator + "x=1"), HttpMethod.POST);
        return client.getPage(client.addCrumb(request)).getWebResponse();
    }

    private JenkinsRule.WebClient client(String user) throws Exception {
        JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        return user == null ? client : client.login(user);
    }
}
