package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not supported is refused by its name and line before anything ran. */
class RefusalTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "withCredentials([]) { }",
                "parallel a: { }",
                "library 'x'",
                "load 'x.groovy'",
                "build 'other'",
                "stash 'x'",
                "unstash 'x'",
                "archiveArtifacts 'x'",
                "junit 'x.xml'",
                "properties([])",
                "git 'https://x'",
                "lock('x') { }",
                "milestone()",
                "bat 'dir'",
                "powershell 'x'",
                "tool 'maven'",
                "sshagent([]) { }",
                "docker.image('x').inside { }"
            })
    void stepsOfOtherPlugins(String call) throws IOException {
        String name = call.split("[ (.]")[0];

        refused("node {\n  echo 'ran'\n  " + call + "\n}", 3, "'" + name + "' is not supported by the local runner: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "supabaseDeplo environment: 'x'  | 'supabaseDeplo' is no step of the local runner",
                "ehco 'x'                        | 'ehco' is no step of the local runner; did you mean 'echo'?",
                "[1].each { tiemout(1) { } }     | 'tiemout' is no step of the local runner; did you mean 'timeout'?",
                "def f() { retri(1) { } }        | 'retri' is no step of the local runner; did you mean 'retry'?",
            })
    void unknownSteps(String call, String message) throws IOException {
        refused("echo 'ran'\n\n" + call, 3, message);
    }

    @Test
    void librariesHoweverTheyAreAskedFor() throws IOException {
        refused("@Library('shared') _\necho 'ran'", 1, "'@Library' is not supported");
        refused("\n@Library('shared') import static groovy.json.JsonOutput.toJson\necho 'ran'", 2, "'@Library'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "agent { docker 'x' }                      | 'docker' is not supported",
                "agent { kubernetes { } }                  | 'kubernetes' is not supported",
                "agent some                                | agent is any, none or",
                "agent any; tools { maven 'x' }            | 'tools' is not supported",
                "agent any; libraries { lib('x') }         | 'libraries' is not supported",
                "agent any; optoins { }                    | 'optoins' is not known inside 'pipeline'",
                "agent any; options { checkoutToSubdirectory('x') } | 'checkoutToSubdirectory' is not supported",
                "agent any; options { tiemout(1) }         | did you mean 'timeout'?",
                "agent any; parameters { file(name: 'x') } | 'file' is not supported",
                "agent any; parameters { sting(name: 'x') } | did you mean 'string'?",
                "agent any; parameters { string(nmae: 'x') } | The parameter string has no 'nmae'; did you mean"
                        + " 'name'?",
                "agent any; environment { X }              | Expected NAME = value inside 'environment'",
                "agent any; post { sucess { echo 'x' } }   | did you mean 'success'?",
                "agent any; def x = 1                      | Expected a directive inside 'pipeline'",
            })
    void sectionsOfAPipeline(String section, String message) throws IOException {
        refused("pipeline {\n" + section + "\nstages { stage('A') { steps { echo 'ran' } } }\n}", 2, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "parallel { }                              | 'parallel' is not supported",
                "matrix { }                                | 'matrix' is not supported",
                "failFast true                             | 'failFast' is not supported",
                "tools { maven 'x' }                       | 'tools' is not supported",
                "when { buildingTag() }                    | 'buildingTag' is not supported",
                "when { changeset '**' }                   | 'changeset' is not supported",
                "when { brunch 'x' }                       | did you mean 'branch'?",
                "when { not { } }                          | 'not' takes exactly one condition",
                "input { mesage 'x' }                      | did you mean 'message'?",
                "post { aways { echo 'x' } }               | did you mean 'always'?",
                "step { echo 'x' }                         | 'step' is not supported",
                "post { always { junit 'x' } }             | 'junit' is not supported",
                "post { always { ehco 'x' } }              | did you mean 'echo'?",
            })
    void sectionsOfAStage(String section, String message) throws IOException {
        refused(
                "pipeline {\nagent any\nstages { stage('A') {\n" + section + "\nsteps { echo 'ran' } } }\n}",
                4,
                message);
    }

    @Test
    void codeAmongSteps() throws IOException {
        refused(
                "pipeline {\nagent any\nstages { stage('A') { steps {\necho 'ran'\ndef x = 1\n} } }\n}",
                5,
                "Expected a step; put other Groovy code into script");
    }

    @Test
    void pipelinesThatAreNotWhole() throws IOException {
        refused("pipeline {\nagent any\n}", 1, "Missing required section 'stages'");
        refused("pipeline {\nstages { stage('A') { steps { echo 'ran' } } }\n}", 1, "Missing required section 'agent'");
        refused("pipeline {\nagent any\nstages {\nstage('A') {\n} } }", 4, "needs either 'steps' or 'stages'");
        refused(
                "pipeline { agent any\nstages { stage('A') { steps { echo 'ran' } } } }\npipeline { agent any\n"
                        + "stages { stage('B') { steps { echo 'ran' } } } }",
                3,
                "A Jenkinsfile holds one pipeline");
    }

    @Test
    void whatDoesNotParse() throws IOException {
        refused("node {\n  echo 'ran'\n  echo 'unfinished\n}", 3, "expecting");
    }

    @Test
    void everythingAtOnceAndInOrder() throws IOException {
        Outcome outcome = new Pipelines(folder).run("node {\n  stash 'x'\n  parallel a: { }\n}");

        assertThat(outcome.log())
                .containsSubsequence(
                        "Jenkinsfile, line 2: 'stash'", "Jenkinsfile, line 3: 'parallel'", "Nothing was run.");
    }

    @Test
    void notWhatMightBeDefinedElsewhere() throws IOException {
        Outcome outcome = new Pipelines(folder).run("""
            class Tool { def build() { 'built' } }
            def around(Closure action) { action() }
            def local = { -> 'local' }
            def tool = new Tool()
            node {
                echo tool.with { build() }
                echo local()
                around { echo 'called' }
                echo new StringBuilder().with { append('appended') }.toString()
                echo sprintf('%d', 7)
            }
            """);

        assertThat(outcome.log()).contains("\nbuilt\n", "\nlocal\n", "\ncalled\n", "\nappended\n", "\n7\n");
    }

    @Test
    void aJenkinsfileThatIsNotThere() {
        Pipelines pipelines = new Pipelines(folder);

        Outcome outcome = pipelines.runFile(folder.resolve("Missing"));

        assertThat(outcome.log()).contains("ERROR: There is no file " + folder.resolve("Missing"));
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }

    private void refused(String jenkinsfile, int line, String message) throws IOException {
        Outcome outcome = new Pipelines(folder).run(jenkinsfile);

        assertThat(outcome.lines()).anySatisfy(printed -> assertThat(printed)
                .contains("Jenkinsfile, line " + line + ": ")
                .contains(message));
        assertThat(outcome.log()).contains("Nothing was run.").doesNotContain("\nran\n", "Start of Pipeline");
        assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    }
}
