package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ShellTest {
    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder);
    }

    @Test
    void showsCommandsAndTheirOutputInOrder() throws IOException {
        assertThat(pipelines
                        .run("node { sh 'echo one; echo two >&2; echo three' }")
                        .log())
                .contains("[Pipeline] sh\n+ echo one\none\n+ echo two\ntwo\n+ echo three\nthree\n[Pipeline] }");
    }

    @Test
    void returnsOutputOrStatus() throws IOException {
        Outcome outcome = pipelines.run("""
            node {
                def out = sh(script: 'echo captured; echo shown >&2', returnStdout: true)
                echo "out [${out.trim()}]"
                echo "status ${sh(script: 'exit 3', returnStatus: true)}"
                sh label: 'both', script: 'x', returnStdout: true, returnStatus: true
            }
            """);

        assertThat(outcome.log())
                .contains("out [captured]", "\nshown\n", "status 3", "sh takes returnStdout or returnStatus, not both")
                .doesNotContain("\ncaptured\n");
    }

    @Test
    void stopsAtTheFirstFailure() throws IOException {
        Outcome outcome = pipelines.run("node { sh 'false\\necho unreachable' }");

        assertThat(outcome.log())
                .endsWith("ERROR: script returned exit code 1\nFinished: FAILURE\n")
                .doesNotContain("\nunreachable\n");
    }

    @Test
    void usesTheInterpreterOfAShebang() throws IOException {
        assertThat(pipelines
                        .run("node { sh '#!/bin/bash\\nx=(a b); echo \"${x[1]}\"; false; echo on' }")
                        .log())
                .contains("\nb\non\n");
    }

    @Test
    void completesALastLineWithoutLineBreak() throws IOException {
        assertThat(pipelines.run("node { sh 'printf unfinished' }").log()).contains("unfinished\n[Pipeline] }");
    }

    @Test
    @Timeout(60)
    void doesNotWaitForWhatWasLeftInTheBackground() throws IOException {
        assertThat(pipelines.run("node { sh 'sleep 120 & echo started' }").log())
                .contains("\nstarted\n", "SUCCESS");
    }

    @Test
    void readsNothingFromTheTerminal() throws IOException {
        assertThat(pipelines.answers("typed").run("node { sh 'cat; echo end' }").log())
                .contains("\nend\n")
                .doesNotContain("typed");
    }
}
