package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What runs for ever unless it is stopped: the test's own limit is what fails if it is not. */
@Timeout(60)
class InterruptionTest {
    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder);
    }

    @Test
    void timeoutStopsAShell() throws IOException {
        Outcome outcome = pipelines.run("node { timeout(time: 1, unit: 'SECONDS') { sh 'sleep 600 & wait' } }");

        assertThat(outcome.log())
                .contains("Cancelling nested steps due to timeout", "Sending interrupt signal to process")
                .endsWith("Timeout has been exceeded\nFinished: ABORTED\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void timeoutStopsALoopWithoutSteps() throws IOException {
        Outcome outcome = pipelines.run("timeout(time: 1, unit: 'SECONDS') { while (true) { } }");

        assertThat(outcome.log()).endsWith("Timeout has been exceeded\nFinished: ABORTED\n");
    }

    @Test
    void aCaughtTimeoutSaysWhatItWas() throws Exception {
        Outcome outcome = pipelines.run("""
            node {
                try {
                    timeout(time: 1, unit: 'SECONDS') { sleep 600 }
                } catch (org.jenkinsci.plugins.workflow.steps.FlowInterruptedException e) {
                    echo "stopped: ${e.causes[0].shortDescription}, ${e.result}"
                }
                echo 'goes on'
            }
            """);

        assertThat(outcome.log())
                .contains("stopped: Timeout has been exceeded, ABORTED", "goes on", "Finished: SUCCESS");
    }

    @Test
    void anOuterTimeoutIsNotRetriedByAnInnerRetry() throws IOException {
        Outcome outcome = pipelines.run("timeout(time: 1, unit: 'SECONDS') { retry(3) { node { sh 'sleep 600' } } }");

        assertThat(outcome.log()).doesNotContain("Retrying").endsWith("Finished: ABORTED\n");
    }

    @Test
    void aTimeoutThatIsNotReachedChangesNothing() throws IOException {
        Outcome outcome = pipelines.run("timeout(1) { node { sh 'true' } }; node { sh 'echo after' }");

        assertThat(outcome.log()).contains("Timeout set to expire in 1 minutes", "\nafter\n", "Finished: SUCCESS");
    }

    @Test
    void aTimeoutOfSilenceIsRefused() throws IOException {
        assertThat(pipelines
                        .run("timeout(time: 1, activity: true) { echo 'ran' }")
                        .log())
                .contains("timeout(activity: true) is not supported by the local runner")
                .doesNotContain("\nran\n");
    }

    @Test
    void anAbortFromOutsideStopsThePipeline() throws Exception {
        FutureTask<Outcome> running = start(() -> pipelines.run("node { echo 'started'; sh 'sleep 600' }"));
        await("+ sleep 600");

        pipelines.abort();

        assertThat(running.get(30, TimeUnit.SECONDS).log()).endsWith("Aborted by alice\nFinished: ABORTED\n");
    }

    @Test
    void anAbortBeforeTheStartIsNotLost() throws IOException {
        LocalRunner runner =
                new LocalRunner(new PrintStream(OutputStream.nullOutputStream()), InputStream.nullInputStream());
        Path jenkinsfile = Files.writeString(folder.resolve("Jenkinsfile"), "node { sh 'sleep 600' }");
        runner.abort("Aborted by alice");

        ExitCode code = runner.run(new RunRequest(jenkinsfile, List.of(), folder, "alice", Map.of(), System.getenv()));

        assertThat(code).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void postRunsAfterAnAbort() throws Exception {
        FutureTask<Outcome> running = start(() -> pipelines.run("""
            pipeline {
                agent any
                stages { stage('Wait') { steps { sh 'sleep 600' } } }
                post {
                    aborted { echo 'cleaning up' }
                    failure { echo 'not this' }
                }
            }
            """));
        await("+ sleep 600");

        pipelines.abort();

        assertThat(running.get(30, TimeUnit.SECONDS).log())
                .contains("\ncleaning up\n")
                .doesNotContain("\nnot this\n");
    }

    private static FutureTask<Outcome> start(Callable<Outcome> run) {
        FutureTask<Outcome> task = new FutureTask<>(run);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private void await(String text) throws InterruptedException {
        while (!pipelines.logSoFar().contains(text)) {
            Thread.sleep(Duration.ofMillis(20).toMillis());
        }
    }
}
