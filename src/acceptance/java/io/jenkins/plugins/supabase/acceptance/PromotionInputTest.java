package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.GateConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A promotion that asks by Jenkins' own input step. */
class PromotionInputTest {
    private static final String INPUT = "promoteEnvironment from: 'staging', to: 'production', approval: 'input'%s";
    private static final String QUESTION = "Supabase-promotion";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path releases;

    private PromotionFixture people(JenkinsRule jenkins, PromotionServers servers) throws Exception {
        servers.configureJenkins();
        gate(servers, gate -> {
            gate.setApprovers(List.of("group:release-managers", "user:dave"));
            gate.setAllowStarter(true);
            gate.setAllowAuthor(true);
        });
        PromotionFixture people = new PromotionFixture(jenkins);
        people.people();
        return people;
    }

    private static void gate(PromotionServers servers, Consumer<GateConfiguration> change) throws Exception {
        EnvironmentConfiguration production = servers.production();
        GateConfiguration gate = new GateConfiguration();
        change.accept(gate);
        production.setGate(gate);
        SupabaseDeliveryConfiguration.get().setEnvironments(List.of(servers.staging(), production));
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("promote", WorkflowJob.class).getLastBuild();
    }

    /** Waits until the question is asked. */
    private static WorkflowRun asked(WorkflowRun run) throws Exception {
        for (int i = 0; i < 600 && run.isLogUpdated(); i++) {
            InputAction questions = run.getAction(InputAction.class);
            if (questions != null && questions.getExecution(QUESTION) != null) {
                return run;
            }
            Thread.sleep(100);
        }
        throw new AssertionError("Nobody was asked:\n" + run.getLog());
    }

    private static WebResponse answer(JenkinsRule jenkins, PromotionFixture people, String user, String answer)
            throws Exception {
        JenkinsRule.WebClient client = people.client(user);
        WebRequest request = new WebRequest(
                new URL(jenkins.getURL(), run(jenkins).getUrl() + "input/" + QUESTION + "/" + answer), HttpMethod.POST);
        return client.getPage(client.addCrumb(request)).getWebResponse();
    }

    private static void notAskedAnyMore(WorkflowRun run) throws Exception {
        for (int i = 0; i < 100 && run.getAction(InputAction.class).isWaitingForInput(); i++) {
            Thread.sleep(100);
        }
        assertThat(run.getAction(InputAction.class).isWaitingForInput()).isFalse();
        assertThat(run.getAction(InputAction.class).getIconFileName()).isNull();
    }

    @Test
    void whoeverAnswersIsRecordedLikeOnThePageAlsoAfterARestart() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                asked(people.startAndWait("dev", INPUT.formatted("")));
            });
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                WorkflowRun run = asked(run(jenkins));
                HtmlPage page = people.client("alice").getPage(new URL(jenkins.getURL(), run.getUrl() + "input/"));
                assertThat(page.asNormalizedText())
                        .contains("Promotion of release 1.0", "from staging to production", "1 migration")
                        .contains("1 approval of group:release-managers, user:dave")
                        .contains("Approve for production", "Reject");
                String digest = people.digest(run);

                assertThat(answer(jenkins, people, "alice", "proceedEmpty").getStatusCode()).isEqualTo(200);

                people.finish(Result.SUCCESS, run);
                assertThat(run.getActions(ApproverAction.class))
                        .extracting(ApproverAction::getUserId)
                        .containsExactly("alice");
                assertThat(servers.production("select decided_by || ' ' || decision || ' ' || plan_digest"
                                + " from supabase_delivery.approvals"))
                        .containsExactly("alice APPROVED " + digest);
                assertThat(servers.production("select actor from supabase_delivery.audit_events"
                                + " where kind = 'promotion.approved'"))
                        .containsExactly("alice");
                notAskedAnyMore(run);
            });
        }
    }

    @Test
    void anAnswerThatThePageWouldRefuseIsRefusedAndAskedAgain() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                WorkflowRun run = asked(people.startAndWait("dev", INPUT.formatted("")));

                WebResponse admin = answer(jenkins, people, "admin", "proceedEmpty");
                assertThat(admin.getContentAsString()).contains("admin is none of those who decide here");
                asked(run);
                WebResponse dave = answer(jenkins, people, "dave", "proceedEmpty");
                assertThat(dave.getContentAsString()).contains("dave is missing the Supabase/Promote permission");
                asked(run);
                WebResponse carol = answer(jenkins, people, "carol", "proceedEmpty");
                assertThat(carol.getContentAsString()).contains("You need to be");

                assertThat(people.json("alice", run).getString("status")).isEqualTo("waiting");
                assertThat(run.getActions(ApproverAction.class)).isEmpty();
                answer(jenkins, people, "alice", "abort");
                people.finish(Result.FAILURE, run);
                assertThat(run.getLog()).contains("was rejected by alice at", "Nothing was changed");
                assertThat(people.json("alice", run).getString("status")).isEqualTo("rejected");
                assertThat(servers.production("select to_regclass('public.polls') is null")).containsExactly("t");
            });
        }
    }

    @Test
    void thePageDecidesTooAndTakesTheQuestionBack() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                WorkflowRun run = asked(people.startAndWait("dev", INPUT.formatted("")));

                assertThat(people.approve("bob", run).getStatusCode()).isEqualTo(200);

                people.finish(Result.SUCCESS, run);
                notAskedAnyMore(run);
                assertThat(run.getActions(ApproverAction.class))
                        .extracting(ApproverAction::getUserId)
                        .containsExactly("bob");

                people.deploy("1.1");
                WorkflowRun expires = people.start("dev", INPUT.formatted(", gate: [expiry: '3s']"));
                people.finish(Result.FAILURE, expires);
                assertThat(expires.getLog()).contains("The time for approvals of the promotion of release 1.1");
                notAskedAnyMore(expires);
            });
        }
    }

    @Test
    void whoeverMayStopTheBuildStopsItWithoutDeciding() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                WorkflowRun run = asked(people.startAndWait("dev", INPUT.formatted("")));

                answer(jenkins, people, "carol", "abort");

                people.finish(Result.ABORTED, run);
                assertThat(people.json("alice", run).getString("status")).isEqualTo("aborted");
                assertThat(people.json("alice", run).getString("message")).contains("Rejected by carol");
                notAskedAnyMore(run);
            });
        }
    }

    @Test
    void whatOneAnswerCannotPassIsRefusedAtOnce() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);

                WorkflowRun two = people.finish(
                        Result.FAILURE, people.start("dev", INPUT.formatted(", gate: [approvals: 2]")));
                assertThat(two.getLog()).contains("it asks for 2 approvals", "approval: 'page'").doesNotContain("staging");
                gate(servers, gate -> gate.setApprovers(List.of("group:release-managers")));
                WorkflowRun starters = people.finish(Result.FAILURE, people.start("dev", INPUT.formatted("")));
                assertThat(starters.getLog()).contains("whoever started the build may not approve");
                WorkflowRun unknown =
                        people.finish(Result.FAILURE, people.start("dev", INPUT.formatted("").replace("input", "inputs")));
                assertThat(unknown.getLog()).contains("approval: 'inputs', which is none of 'page', 'input'");
            });
        }
    }
}
