package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.supabase.pages.WaitingGates;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** A controller that is restarted while a promotion waits. */
class PromotionRestartTest {
    private static final String TWO =
            "promoteEnvironment from: 'staging', to: 'production', gate: [approvals: 2, expiry: '%s']";

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path releases;

    private PromotionFixture people(JenkinsRule jenkins, PromotionServers servers) throws Exception {
        servers.configureJenkins();
        PromotionFixture people = new PromotionFixture(jenkins);
        people.people();
        return people;
    }

    private static WorkflowRun run(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("promote", WorkflowJob.class).getLastBuild();
    }

    @Test
    void decisionsBeforeAndAfterARestartCountTogether() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                people.approve("alice", people.startAndWait("dev", TWO.formatted("3d")));
            });
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                WorkflowRun run = run(jenkins);
                people.awaitStatus(run, "waiting");
                assertThat(WaitingGates.all()).singleElement().satisfies(gate -> {
                    assertThat(gate.environment()).isEqualTo("production");
                    assertThat(gate.url()).isEqualTo("job/promote/1/supabase-promotion/");
                });
                assertThat(people.approve("bob", run).getStatusCode()).isEqualTo(200);
                people.finish(Result.SUCCESS, run);
                assertThat(WaitingGates.all()).isEmpty();
            });
        }
    }

    @Test
    void timeGoesOnWhileTheControllerIsDown() throws Throwable {
        try (PromotionServers servers = new PromotionServers(releases)) {
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                people.start("dev", TWO.formatted("10s"));
                // Not by its page, which a busy machine may take longer to show than it waits.
                while (WaitingGates.all().isEmpty()) {
                    Thread.sleep(20);
                }
            });
            Thread.sleep(10_000);
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                WorkflowRun run = people.finish(Result.FAILURE, run(jenkins));
                assertThat(run.getLog()).contains("The time for approvals of the promotion of release 1.0", "is over");
                assertThat(people.json("alice", run).getString("status")).isEqualTo("expired");
                assertThat(people.approve("alice", run).getStatusCode()).isEqualTo(409);
            });
        }
    }
}
