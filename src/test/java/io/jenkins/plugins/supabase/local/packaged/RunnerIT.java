package io.jenkins.plugins.supabase.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.packaged.LocalJar.Ended;
import io.jenkins.plugins.supabase.local.packaged.LocalJar.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner as it is shipped. */
@Timeout(300)
class RunnerIT {
    @TempDir
    private Path folder;

    private LocalJar jar;

    @BeforeEach
    void prepare() {
        jar = new LocalJar(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | Finished: SUCCESS | node { sh 'echo on a laptop' }",
                "1 | Finished: FAILURE | node { supabaseDeploy environment: 'nowhere' }",
                "2 | Finished: UNSTABLE | unstable 'hm'",
                "3 | 'parallel' is not supported by the local runner | parallel a: { }",
            })
    void endsWithTheResult(int code, String output, String jenkinsfile) throws Exception {
        Files.writeString(folder.resolve("Jenkinsfile"), jenkinsfile);

        Ended ended = jar.run("run", "Jenkinsfile");

        assertThat(ended.output()).contains(output).doesNotContain("SLF4J", "\tat ");
        assertThat(ended.code()).isEqualTo(code);
    }

    @Test
    void readsAnAnswerFromStandardInput() throws Exception {
        Files.writeString(folder.resolve("Jenkinsfile"), "input 'Deploy?'; echo 'went on'");

        try (Running running = jar.start(Map.of(), "run", "Jenkinsfile", "--user", "carol")) {
            running.awaitOutput("Deploy?");
            running.process().getOutputStream().write("proceed\n".getBytes());
            running.process().getOutputStream().flush();
            Ended ended = running.await();

            assertThat(ended.output()).contains("Approved by carol", "\nwent on\n");
            assertThat(ended.code()).isZero();
        }
    }

    @Test
    void aSignalAbortsThePipelineInOrder() throws Exception {
        Files.writeString(folder.resolve("Jenkinsfile"), """
            pipeline {
                agent any
                stages { stage('Wait') { steps { sh 'sleep 600' } } }
                post { always { echo 'cleaned up' } }
            }
            """);

        try (Running running = jar.start(Map.of(), "run", "Jenkinsfile", "--user", "carol")) {
            running.awaitOutput("+ sleep 600");
            running.process().destroy();
            Ended ended = running.await();

            assertThat(ended.output()).contains("\ncleaned up\n").endsWith("Aborted by carol\nFinished: ABORTED\n");
            assertThat(ended.code()).isEqualTo(128 + 15);
        }
    }

    @Test
    void explainsItself() throws Exception {
        assertThat(jar.run("--help").output()).contains("run", "steps", "demo");
        assertThat(jar.run("run", "--help").output())
                .contains("--casc", "--workspace", "--user", "--param", "unstable");
        assertThat(jar.run("steps").output())
                .contains("supabaseDeploy(environment: String", "verifyHealth(environment: ");
    }
}
