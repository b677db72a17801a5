package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeclarativePipelineTest {
    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder);
    }

    @Test
    void runsStagesInOrder() throws IOException {
        Outcome outcome = pipelines.run("""
            def outside = 'seen'
            pipeline {
                agent any
                stages {
                    stage('One') { steps { echo "one ${outside}" } }
                    stage('Group') {
                        stages {
                            stage('Two') { steps { script { [1, 2].each { echo "two ${it}" } } } }
                            stage('Three') { steps { sh 'echo three' } }
                        }
                    }
                }
            }
            """);

        assertThat(outcome.log())
                .containsSubsequence(
                        "[Pipeline] node",
                        "[Pipeline] { (One)",
                        "one seen",
                        "[Pipeline] { (Group)",
                        "[Pipeline] { (Two)",
                        "[Pipeline] script",
                        "two 1",
                        "two 2",
                        "[Pipeline] { (Three)",
                        "three",
                        "[Pipeline] // node",
                        "Finished: SUCCESS");
    }

    @Test
    void variablesMayUseEarlierOnesAndParameters() throws IOException {
        Outcome outcome = pipelines.parameter("WHO", "you").run("""
            pipeline {
                agent any
                parameters { string(name: 'WHO', defaultValue: 'nobody', description: 'whom to greet') }
                environment {
                    GREETING = 'hello'
                    BOTH = "${GREETING} ${params.WHO}"
                    COMPUTED = sh(script: 'echo computed', returnStdout: true).trim()
                }
                stages {
                    stage('Say') {
                        environment { BOTH = "${env.BOTH}!" }
                        steps {
                            echo "1 ${BOTH} ${env.COMPUTED}"
                            sh 'echo "2 $BOTH $WHO"'
                        }
                    }
                    stage('Again') { steps { echo "3 ${BOTH}" } }
                }
            }
            """);

        assertThat(outcome.log()).contains("\n1 hello you! computed\n", "\n2 hello you! you\n", "\n3 hello you\n");
    }

    @Test
    void parametersHaveTheirTypes() throws IOException {
        Outcome outcome = pipelines.parameter("DRY", "true").run("""
            pipeline {
                agent none
                parameters {
                    choice(name: 'WHERE', choices: ['staging', 'production'])
                    choice(name: 'OLD', choices: 'a\\nb')
                    booleanParam(name: 'DRY', defaultValue: false)
                    text(name: 'NOTES', defaultValue: 'none')
                    password(name: 'PIN', defaultValue: '')
                }
                stages {
                    stage('Say') {
                        steps { echo "${params.WHERE} ${params.OLD} ${params.DRY.class.simpleName} ${params.DRY} ${params.NOTES}" }
                    }
                }
            }
            """);

        assertThat(outcome.log()).contains("\nstaging a Boolean true none\n");
    }

    @ParameterizedTest
    @CsvSource({
        "WHERE, productoin, '[staging, production], not ''productoin''; did you mean" + " ''production''?'",
        "DRY, maybe, 'The parameter ''DRY'' is true or false, not ''maybe'''",
        "WHER, staging, 'only the parameters [WHERE, DRY]; did you mean ''WHERE''?'"
    })
    void refusesParametersThatAreNotDeclaredSo(String name, String value, String message) throws IOException {
        Outcome outcome = pipelines.parameter(name, value).run("""
            pipeline {
                agent any
                parameters {
                    choice(name: 'WHERE', choices: ['staging', 'production'])
                    booleanParam(name: 'DRY')
                }
                stages { stage('Never') { steps { echo 'ran' } } }
            }
            """);

        assertThat(outcome.log()).contains("ERROR: --param " + name, message).doesNotContain("\nran\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo 'x'                        | always changed success cleanup",
                "error 'x'                       | always changed unsuccessful failure cleanup",
                "unstable 'x'                    | always changed unsuccessful unstable cleanup",
                "script { assert false }         | always changed unsuccessful failure cleanup",
            })
    void postRunsByResult(String step, String expected) throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                stages { stage('Work') { steps { %s } } }
                post {
                    cleanup { echo 'post: cleanup' }
                    always { echo 'post: always' }
                    changed { echo 'post: changed' }
                    fixed { echo 'post: fixed' }
                    regression { echo 'post: regression' }
                    aborted { echo 'post: aborted' }
                    failure { echo 'post: failure' }
                    success { echo 'post: success' }
                    unstable { echo 'post: unstable' }
                    unsuccessful { echo 'post: unsuccessful' }
                }
            }
            """.formatted(step));

        assertThat(outcome.lines().stream()
                        .filter(line -> line.startsWith("post: "))
                        .map(line -> line.substring("post: ".length())))
                .containsExactly(expected.split(" "));
    }

    @Test
    void aFailureSkipsLaterStagesButNotPost() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                stages {
                    stage('Bad') {
                        steps { error 'broken' }
                        post { always { echo 'after bad' } }
                    }
                    stage('Later') { steps { echo 'never' } }
                }
                post { always { echo "at the end ${currentBuild.currentResult}" } }
            }
            """);

        assertThat(outcome.log())
                .containsSubsequence(
                        "after bad",
                        "Stage \"Later\" skipped due to earlier failure(s)",
                        "at the end FAILURE",
                        "ERROR: broken\nFinished: FAILURE")
                .doesNotContain("\nnever\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFailureInPostFailsASuccessfulPipeline() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                stages { stage('Good') { steps { echo 'good' } } }
                post {
                    always { error 'in post' }
                    success { echo 'not a success any more' }
                    failure { echo "failed: ${currentBuild.result}" }
                    cleanup { echo 'still cleaned' }
                }
            }
            """);

        assertThat(outcome.log())
                .contains("[Pipeline] { (Declarative: Post Actions)", "Error when executing always post condition:")
                .contains("\nfailed: FAILURE\n", "\nstill cleaned\n", "Finished: FAILURE")
                .doesNotContain("not a success any more");
    }

    @Test
    void optionsLimitTheRunOrAreNotedAsIgnored() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent { label 'linux' }
                options {
                    timeout(time: 1, unit: 'HOURS')
                    retry(2)
                    disableConcurrentBuilds()
                    buildDiscarder(logRotator(numToKeepStr: '5'))
                }
                triggers { cron('@daily') }
                stages {
                    stage('Flaky') {
                        options { timeout(time: 30, unit: 'MINUTES') }
                        steps { script { if (!env.TRIED) { env.TRIED = 'yes'; error 'first try' } } }
                    }
                }
            }
            """);

        assertThat(outcome.log())
                .contains("[Local] Line 2: the agent's label is ignored: everything runs here")
                .contains("[Local] Line 6: the option 'disableConcurrentBuilds' is ignored")
                .contains("[Local] Line 7: the option 'buildDiscarder' is ignored")
                .contains("[Local] Line 9: 'triggers' is ignored: the local runner runs once")
                .contains("Timeout set to expire in 1 hours", "Timeout set to expire in 30 minutes")
                .contains("ERROR: first try\nRetrying");
        assertThat(outcome.code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void skipsStagesAfterAnUnstableOneIfAsked() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                options { skipStagesAfterUnstable() }
                stages {
                    stage('Shaky') { steps { unstable 'hm' } }
                    stage('Later') { steps { echo 'never' } }
                }
            }
            """);

        assertThat(outcome.log()).contains("marking the build as unstable").doesNotContain("\nnever\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.UNSTABLE);
    }

    @Test
    void withoutAgentThereIsNoWorkspace() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent none
                stages {
                    stage('With') { agent any
                        steps { sh 'echo with' } }
                    stage('Without') { steps { sh 'echo without' } }
                }
            }
            """);

        assertThat(outcome.log())
                .contains("\nwith\n", "Required context class hudson.FilePath is missing")
                .doesNotContain("\nwithout\n");
    }

    @Test
    void asksBeforeAStage() throws IOException {
        String jenkinsfile = """
            pipeline {
                agent any
                stages {
                    stage('Production') {
                        input {
                            message 'Really?'
                            ok 'Go'
                            submitter 'alice,bob'
                            submitterParameter 'APPROVER'
                            parameters { string(name: 'TICKET', defaultValue: 'none') }
                        }
                        steps { echo "approved by ${APPROVER} for ${TICKET}" }
                    }
                }
            }
            """;

        assertThat(pipelines.answers("go", "OPS-7").run(jenkinsfile).log())
                .contains("Really?", "Go or Abort? (alice)", "\napproved by alice for OPS-7\n", "Finished: SUCCESS");
        assertThat(new Pipelines(folder).answers("abort").run(jenkinsfile).log())
                .contains("Rejected by alice")
                .endsWith("Finished: ABORTED\n");
    }
}
