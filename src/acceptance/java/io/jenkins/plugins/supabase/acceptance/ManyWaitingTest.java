package io.jenkins.plugins.supabase.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.Result;
import io.jenkins.plugins.supabase.approval.WaitingAfterStart;
import io.jenkins.plugins.supabase.pages.WaitingGates;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * Builds that wait all at once, and what they cost, beside as many that wait in the step {@code input}.
 * {@code -Dwaiting.builds=1000} is the measurement; fewer are enough to see whether anything is held.
 */
class ManyWaitingTest {
    private static final int BUILDS = Integer.getInteger("waiting.builds", 12);
    /** Each plans with connections of its own. */
    private static final int AT_ONCE = 6;
    /** Jenkins' own pools grow and shrink meanwhile. */
    private static final int OTHER_THREADS = 60;
    private static final String PROMOTE =
            "promoteEnvironment from: 'staging', to: 'production', gate: [approvals: 1, expiry: '3d']";

    private interface Counter {
        int count() throws Exception;
    }

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    private Path releases;

    @Test
    void nothingIsHeldAndAllWaitOnAfterARestart() throws Throwable {
        long[] memory = new long[1];
        try (PromotionServers servers = new PromotionServers(releases)) {
            String[] digest = new String[1];
            sessions.then(jenkins -> {
                PromotionFixture people = people(jenkins, servers);
                people.deploy("1.0");
                memory[0] = wait(people.job("promote"), PROMOTE, () -> WaitingGates.all().size());
                digest[0] = people.digest(people.job("promote").getLastBuild());
            });
            sessions.then(jenkins -> {
                long start = System.nanoTime();
                assertThat(WaitingGates.all()).as("listed before Pipeline has loaded them").hasSize(BUILDS);
                PromotionFixture people = people(jenkins, servers);
                WorkflowRun one = people.job("promote").getLastBuild();
                assertThat(people.approveByToken("alice", one, digest[0]).getStatusCode()).isEqualTo(200);
                double decided = seconds(start);
                people.finish(Result.SUCCESS, one);
                double carriedOut = seconds(start);
                awaitLoaded(people.job("promote"));
                say("promoteEnvironment", memory[0], seconds(start));
                long again = System.nanoTime();
                ExtensionList.lookupSingleton(WaitingAfterStart.class).onLoaded();
                System.out.printf("All were listed when Jenkins was up, which takes %.2f s; one was approved %.2f s later, and"
                        + " carried out after %.2f s%n", seconds(again), decided, carriedOut);
                assertThat(WaitingGates.all()).hasSize(BUILDS - 1);
            });
        }
    }

    @Test
    void besideTheStepInput() throws Throwable {
        long[] memory = new long[1];
        sessions.then(jenkins -> {
            WorkflowJob job = jenkins.createProject(WorkflowJob.class, "ask");
            memory[0] = wait(job, "input 'Go on?'", () -> asking(job));
        });
        sessions.then(jenkins -> {
            long start = System.nanoTime();
            WorkflowJob job = jenkins.jenkins.getItemByFullName("ask", WorkflowJob.class);
            awaitLoaded(job);
            await(BUILDS, () -> asking(job));
            say("input", memory[0], seconds(start));
        });
    }

    private static PromotionFixture people(JenkinsRule jenkins, PromotionServers servers) throws Exception {
        servers.configureJenkins();
        PromotionFixture people = new PromotionFixture(jenkins);
        people.people();
        return people;
    }

    /** @return bytes of the heap for each of them */
    private static long wait(WorkflowJob job, String script, Counter waiting) throws Exception {
        job.setDefinition(new CpsFlowDefinition(script, true));
        start(job, 0, waiting);
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        long before = heap();
        for (int started = 1; started < BUILDS; started++) {
            start(job, Math.max(0, started - AT_ONCE), waiting);
        }
        await(BUILDS, waiting);
        long after = heap();
        assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                .as("threads while %d builds wait", BUILDS)
                .isLessThan(threads + OTHER_THREADS);
        assertThat(Stream.of(Jenkins.get().getComputers()).mapToInt(computer -> computer.countBusy()).sum())
                .as("executors")
                .isZero();
        return (after - before) / (BUILDS - 1);
    }

    private static void start(WorkflowJob job, int waitingBefore, Counter waiting) throws Exception {
        await(waitingBefore, waiting);
        job.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("dev"))).waitForStart();
    }

    private static int asking(WorkflowJob job) {
        return (int) job.getBuilds().stream()
                .filter(run -> run.getAction(InputAction.class) != null)
                .count();
    }

    /** Each is asked once, as that costs its program a turn. */
    private static void awaitLoaded(WorkflowJob job) throws Exception {
        List<Future<?>> programs = new ArrayList<>();
        for (WorkflowRun run : job.getBuilds()) {
            programs.add(run.getExecutionPromise().get().getCurrentExecutions(true));
        }
        for (Future<?> program : programs) {
            program.get(5, TimeUnit.MINUTES);
        }
    }

    private static void await(int number, Counter actual) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (actual.count() < number) {
            if (System.nanoTime() > end) {
                throw new AssertionError(actual.count() + " wait instead of " + number);
            }
            Thread.sleep(20);
        }
    }

    private static long heap() throws Exception {
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void say(String step, long bytes, double loaded) {
        System.out.printf(
                "%d builds wait in %s: %.1f KiB of heap each; after a restart Pipeline has loaded all of them in %.2f s%n",
                BUILDS, step, bytes / 1024.0, loaded);
    }
}
