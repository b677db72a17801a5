package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import hudson.model.User;
import hudson.tasks.Mailer;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.FreezeConfiguration;
import io.jenkins.plugins.supabase.config.GateConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What somebody might try to get a release into production past the gate. */
@WithJenkins
class PromotionAttacksTest {
    private static final String ONE = "promoteEnvironment from: 'staging', to: 'production'";

    private JenkinsRule jenkins;
    private PromotionServers servers;
    private PromotionFixture people;

    @BeforeEach
    void start(JenkinsRule rule, @TempDir Path releases) throws Exception {
        jenkins = rule;
        servers = new PromotionServers(releases);
        servers.configureJenkins();
        people = new PromotionFixture(jenkins);
        people.people();
        people.deploy("1.0");
    }

    @AfterEach
    void stop() throws Exception {
        assertThat(servers.production("select to_regclass('public.polls') is null"))
                .as("nothing reached production")
                .containsExactly("t");
        servers.close();
    }

    @Test
    void nobodyApprovesWhoMayNot() throws Exception {
        WorkflowRun run = people.startAndWait("dev", ONE);

        refused(people.approve("dev", run), 403, "dev started this build");
        refused(withApiToken("dev", run), 403, "dev started this build");
        refused(people.approve("dave", run), 403, "Promote");
        anonymousIsSentToTheLogin(run);
        assertThat(people.json("alice", run).getJSONArray("decisions").size()).isZero();
        people.reject("alice", run, "enough");
        people.finish(Result.FAILURE, run);
    }

    @Test
    void nothingCountsThatIsNoPostWithACrumbOnThePlanAsItIs() throws Exception {
        WorkflowRun run = people.startAndWait("dev", ONE);
        URL approve = people.address(run, "approve");
        JenkinsRule.WebClient alice = people.client("alice");

        URL withParameters = new URL(approve + "?planDigest=" + people.digest(run));
        refused(alice.getPage(new WebRequest(withParameters, HttpMethod.GET)).getWebResponse(), 404, "");
        WebRequest withoutCrumb = new WebRequest(approve, HttpMethod.POST);
        withoutCrumb.setRequestParameters(List.of(new NameValuePair("planDigest", people.digest(run))));
        refused(alice.getPage(withoutCrumb).getWebResponse(), 403, "crumb");
        refused(people.post("alice", run, "approve", "planDigest", "0".repeat(64), "comment", ""), 409, "Look at the plan");
        refused(people.post("alice", run, "approve", "planDigest", "", "comment", ""), 400, "planDigest is missing");
        refused(people.post("alice", run, "reject", "planDigest", people.digest(run), "reason", " "), 400, "Say why");
        assertThat(people.json("alice", run).getJSONArray("decisions").size()).isZero();
        people.reject("alice", run, "enough");
        people.finish(Result.FAILURE, run);
        refused(people.approve("bob", run), 409, "was rejected by alice");
    }

    @Test
    void anotherJobsPageDecidesNothingHere() throws Exception {
        WorkflowRun run = people.startAndWait("dev", ONE);
        WorkflowRun other = people.start("other", "dev", ONE);
        people.awaitStatus(other, "waiting");

        people.reject("alice", other, "the other one");

        people.finish(Result.FAILURE, other);
        assertThat(people.json("alice", run).getString("status")).isEqualTo("waiting");
        refused(people.post("bob", other, "approve", "planDigest", people.digest(run), "comment", ""), 409, "");
        assertThat(people.json("alice", run).getJSONArray("decisions").size()).isZero();
        people.reject("alice", run, "enough");
        people.finish(Result.FAILURE, run);
    }

    @Test
    void bundleThatWasChangedInTheStoreIsRefused() throws Exception {
        WorkflowRun run = people.startAndWait("dev", ONE);
        try (Stream<Path> files = Files.walk(servers.releases())) {
            for (Path bundle : files.filter(file -> file.toString().endsWith(".zip")).toList()) {
                byte[] bytes = Files.readAllBytes(bundle);
                bytes[bytes.length / 2] ^= 1;
                Files.write(bundle, bytes);
            }
        }

        people.approve("alice", run);

        people.finish(Result.FAILURE, run);
        assertThat(run.getLog()).contains("SHA-256");
        assertThat(people.json("alice", run).getString("status")).isEqualTo("failed");
    }

    @Test
    void emergencyTakesSomebodyWithThePermission() throws Exception {
        String emergency =
                "promoteEnvironment from: 'staging', to: 'production', emergency: true, reason: 'the site is down'";

        WorkflowRun byDev = people.finish(Result.FAILURE, people.start("dev", emergency));
        assertThat(byDev.getLog()).contains("started by dev, who has no permission Supabase/EmergencyPromote");
        WorkflowRun byNobody = people.finish(Result.FAILURE, people.start(null, emergency));
        assertThat(byNobody.getLog()).contains("Nobody started this build by hand");
        WorkflowRun withoutReason = people.finish(
                Result.FAILURE,
                people.start("erin", "promoteEnvironment from: 'staging', to: 'production', emergency: true"));
        assertThat(withoutReason.getLog()).contains("emergency: true without a reason");
        WorkflowRun byErin = people.startAndWait("erin", emergency);
        assertThat(people.json("alice", byErin).getString("emergency")).isEqualTo("the site is down");
        refused(people.approve("erin", byErin), 403, "erin started this build");
        people.reject("alice", byErin, "enough");
        people.finish(Result.FAILURE, byErin);
    }

    private void gate(Consumer<GateConfiguration> change) throws Exception {
        EnvironmentConfiguration production = servers.production();
        GateConfiguration gate = new GateConfiguration();
        change.accept(gate);
        production.setGate(gate);
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(servers.staging(), production));
    }

    @Test
    void administratorsAreRefusedUnlessTheyAreListed() throws Exception {
        gate(gate -> gate.setApprovers(List.of("group:release-managers")));
        WorkflowRun run = people.startAndWait("dev", ONE);

        refused(people.approve("admin", run), 403, "admin is none of those who decide here");
        refused(people.approve("carol", run), 403, "carol is none of those who decide here");
        people.reject("alice", run, "enough");
        people.finish(Result.FAILURE, run);
    }

    @Test
    void authorsAreKnownByTheirMail() throws Exception {
        User.getById("alice", true).addProperty(new Mailer.UserProperty("Grace@Navy.test"));
        people.deployCommitOf("Rear Admiral <grace@navy.test>", "1.1");
        WorkflowRun run = people.startAndWait("dev", ONE);

        refused(people.approve("alice", run), 403, "alice is an author of a commit that comes with this release");
        people.reject("alice", run, "my own, and not ready");
        people.finish(Result.FAILURE, run);
    }

    @Test
    void aClosedGateAsksNobody() throws Exception {
        gate(gate -> gate.setSources(List.of("integration")));
        WorkflowRun notFromThere = people.finish(Result.FAILURE, people.start("dev", ONE));
        assertThat(notFromThere.getLog()).contains("was refused by the gate of production. source: ");
        refused(people.approve("alice", notFromThere), 409, "");

        gate(gate -> {
            FreezeConfiguration freeze = new FreezeConfiguration("no changes these days");
            freeze.setFrom("2000-01-01");
            freeze.setTo("2999-01-01");
            freeze.setZone("UTC");
            gate.setFreezes(List.of(freeze));
        });
        WorkflowRun frozen = people.finish(Result.FAILURE, people.start("dev", ONE));
        assertThat(frozen.getLog()).contains("freeze: ").contains("no changes these days");
        assertThat(people.json("alice", frozen).getString("status")).isEqualTo("refused");
    }

    @Test
    void aPipelineThatAsksForLessGetsWhatTheGateAsks() throws Exception {
        WorkflowRun run = people.startAndWait(
                "dev", "promoteEnvironment from: 'staging', to: 'production', gate: [approvals: 0, expiry: '30d']");

        assertThat(people.json("alice", run).getString("needed")).isEqualTo("1 approval");
        people.reject("alice", run, "enough");
        people.finish(Result.FAILURE, run);
    }

    private void anonymousIsSentToTheLogin(WorkflowRun run) throws Exception {
        WebResponse response = people.approve(null, run);
        assertThat(response.getStatusCode() == 403 || response.getContentAsString().contains("Sign in"))
                .isTrue();
    }

    private static void refused(WebResponse response, int status, String message) {
        assertThat(response.getStatusCode()).as(response.getContentAsString()).isEqualTo(status);
        assertThat(response.getContentAsString()).contains(message);
    }

    private WebResponse withApiToken(String user, WorkflowRun run) throws Exception {
        return people.approveByToken(user, run, people.digest(run));
    }
}
