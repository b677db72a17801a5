package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import hudson.model.Result;
import io.jenkins.plugins.supabase.local.standin.StandInConfig;
import java.nio.file.Path;
import net.sf.json.JSONObject;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlPage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.ApproverAction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From staging to production, with people who decide. */
@WithJenkins
class PromotionTest {
    private static final String TWO = """
            def promoted = promoteEnvironment from: 'staging', to: 'production', gate: [approvals: 2]
            echo "by ${promoted.approvedBy}, ${promoted.outcome}, ${promoted.digest}, plan ${promoted.timings.planMillis}"
            """;

    private PromotionServers servers;
    private PromotionFixture people;

    @BeforeEach
    void start(JenkinsRule jenkins, @TempDir Path releases) throws Exception {
        servers = new PromotionServers(releases);
        servers.configureJenkins();
        people = new PromotionFixture(jenkins);
        people.people();
        people.deploy("1.0");
    }

    @AfterEach
    void stop() {
        servers.close();
    }

    private String runsIn(String environment) throws Exception {
        String sql = "select release_digest from supabase_delivery.deployments order by id desc limit 1";
        return ("staging".equals(environment) ? servers.staging(sql) : servers.production(sql)).get(0);
    }

    @Test
    void twoPeopleApproveAndTheVeryBundleGoesLive() throws Exception {
        WorkflowRun run = people.startAndWait("dev", TWO);

        assertThat(people.approve("alice", run).getStatusCode()).isEqualTo(200);
        assertThat(people.approve("alice", run).getStatusCode()).as("again counts once").isEqualTo(200);
        JSONObject half = people.json("bob", run);
        assertThat(half.getJSONArray("decisions").size()).isEqualTo(1);
        assertThat(half.getJSONArray("missing").getString(0)).isEqualTo("1 more approval");
        assertThat(half.getBoolean("mayApprove")).isTrue();
        assertThat(people.json("alice", run).getString("whyNotApprove")).startsWith("You have decided: approved by alice");
        assertThat(people.approve("bob", run).getStatusCode()).isEqualTo(200);

        people.finish(Result.SUCCESS, run);
        assertThat(run.getLog())
                .contains("by [alice, bob], succeeded, " + runsIn("staging"))
                .contains("Waiting for 2 more approvals. Decide here: ");
        assertThat(runsIn("production")).isEqualTo(runsIn("staging"));
        assertThat(run.getActions(ApproverAction.class))
                .extracting(ApproverAction::getUserId)
                .containsExactly("alice", "bob");
        assertThat(people.json("dave", run).getString("status")).isEqualTo("succeeded");
    }

    @Test
    void pageShowsPlanGateAndButtonsOnlyToThoseWhoMay() throws Exception {
        WorkflowRun run = people.startAndWait("dev", TWO);

        HtmlPage page = people.client("alice").getPage(people.address(run, ""));
        assertThat(page.asNormalizedText())
                .contains("Supabase promotion: production", "staging → production", "2 approvals", "1_polls.sql")
                .contains("source", "bundle", "pass")
                .contains("Approve for production");
        HtmlPage starters = people.client("dev").getPage(people.address(run, ""));
        assertThat(starters.asNormalizedText())
                .contains("dev started this build")
                .doesNotContain("Approve for production")
                .contains("Reject");
        HtmlPage readers = people.client("dave").getPage(people.address(run, ""));
        assertThat(readers.asNormalizedText())
                .contains("You have no permission Supabase/Promote")
                .doesNotContain("Approve for production", "Reject");
        people.reject("bob", run, "not on a Friday");
        people.finish(Result.FAILURE, run);
        assertThat(run.getLog()).contains("was rejected by bob at").contains("not on a Friday. Nothing was changed");
        assertThat(servers.production("select to_regclass('public.polls') is null")).containsExactly("t");
        WebResponse late = people.approve("alice", run);
        assertThat(late.getStatusCode()).isEqualTo(409);
    }

    @Test
    void somebodyChangesTheTargetMeanwhileSoThatApprovalsAreVoid() throws Exception {
        WorkflowRun run = people.startAndWait("dev", TWO);
        String before = people.digest(run);
        people.approve("alice", run);
        servers.productionProject()
                .config()
                .merge(
                        StandInConfig.Section.AUTH,
                        JsonNodeFactory.instance.objectNode().put("site_url", "https://somebody.example"));

        people.approve("bob", run);

        people.awaitVoided(run);
        JSONObject json = people.json("alice", run);
        assertThat(json.getString("planDigest")).isNotEqualTo(before);
        assertThat(json.getJSONArray("decisions").size()).isZero();
        assertThat(json.getJSONArray("voided").toString()).contains("alice", "bob", "https://somebody.example");
        assertThat(people.post("alice", run, "approve", "planDigest", before, "comment", "").getStatusCode())
                .as("of the plan before")
                .isEqualTo(409);
        assertThat(people.client("alice").<HtmlPage>getPage(people.address(run, "")).asNormalizedText())
                .contains("count for nothing any more", "https://somebody.example");
        people.approve("alice", run);
        people.approve("bob", run);
        people.finish(Result.SUCCESS, run);
        assertThat(run.getLog()).contains("Planning anew, and asking again");
    }
}
