package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedPipelineTest {
    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder);
    }

    @Test
    void logsLikeAController() throws IOException {
        Outcome outcome = pipelines.run("node('linux') { stage('Build') { echo 'hello' } }");

        assertThat(outcome.lines())
                .containsExactly(
                        "Started by user alice",
                        "[Pipeline] Start of Pipeline",
                        "[Pipeline] node",
                        "Running on local in " + folder,
                        "[Pipeline] {",
                        "[Pipeline] stage",
                        "[Pipeline] { (Build)",
                        "[Pipeline] echo",
                        "hello",
                        "[Pipeline] }",
                        "[Pipeline] // stage",
                        "[Pipeline] }",
                        "[Pipeline] // node",
                        "[Pipeline] End of Pipeline",
                        "Finished: SUCCESS");
        assertThat(outcome.code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void speaksGroovy() throws IOException {
        Outcome outcome = pipelines.run("""
            import groovy.transform.Field
            @Field def shared = 'field'
            @NonCPS
            def sum(list) { list.inject(0) { a, b -> a + b } }
            def greet(String name) { echo "hello ${name} ${shared}" }
            twice = { action -> action(); action() }
            node {
                greet('you')
                echo "sum ${sum([1, 2, 3])}"
                twice { echo 'again' }
                ['a', 'b'].each { echo "each ${it}" }
                for (i in 1..2) { echo "loop $i" }
                steps.echo 'through steps'
                println 'printed'
                def json = new groovy.json.JsonSlurperClassic().parseText('{"x": 5}')
                echo "json ${json.x}"
            }
            """);

        assertThat(outcome.log())
                .contains("hello you field", "sum 6", "each a", "each b", "loop 1", "loop 2", "through steps", "json 5")
                .contains("\nprinted\n")
                .contains("again\n[Pipeline] echo\nagain");
        assertThat(outcome.code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void exceptionsAreThoseOfJenkins() throws IOException {
        Outcome outcome = pipelines.run("""
            node {
                try { error 'boom' } catch (hudson.AbortException e) { echo "caught ${e.message}" }
                try { sh 'exit 7' } catch (e) { echo "caught ${e.message}" }
                try { retry(1) { error 'in a block' } } catch (hudson.AbortException e) { echo "caught ${e.message}" }
            }
            """);

        assertThat(outcome.log()).contains("caught boom", "caught script returned exit code 7", "caught in a block");
        assertThat(outcome.code()).isEqualTo(ExitCode.SUCCESS);
    }

    @Test
    void anErrorFailsWithoutStackTrace() throws IOException {
        Outcome outcome = pipelines.run("node { error 'no such thing' }");

        assertThat(outcome.log())
                .endsWith("ERROR: no such thing\nFinished: FAILURE\n")
                .doesNotContain("\tat ");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFaultOfTheJenkinsfileNamesItsLine() throws IOException {
        Outcome outcome = pipelines.run("node {\n  echo 'x'\n  echo undefinedThing\n}");

        assertThat(outcome.log()).contains("No such property: undefinedThing").contains("(Jenkinsfile, line 3)");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void aFailedAssertionFails() throws IOException {
        assertThat(pipelines.run("node { assert 1 == 2 }").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void environmentHasBuildGlobalAndBlockVariables() throws IOException {
        Outcome outcome = pipelines.variable("OUTER", "process").run("""
            node {
                env.MINE = 'global'
                withEnv(['MINE=block', 'PATH+TOOLS=/tools']) {
                    echo "1 ${env.MINE} ${MINE}"
                    sh 'echo "2 $MINE $OUTER $BUILD_NUMBER $WORKSPACE ${PATH%%:*}"'
                }
                echo "3 ${env.MINE} ${env.NOT_THERE}"
            }
            """);

        assertThat(outcome.log())
                .contains("\n1 block block\n")
                .contains("\n2 block process 1 " + folder + " /tools\n")
                .contains("\n3 global null\n");
    }

    @Test
    void resultsOnlyGetWorse() throws IOException {
        Outcome outcome = pipelines.run("""
            node {
                echo "before ${currentBuild.result} ${currentBuild.currentResult}"
                unstable 'not so good'
                currentBuild.result = 'SUCCESS'
                currentBuild.displayName = 'release 1'
                echo "after ${currentBuild.result} ${currentBuild.displayName}"
            }
            """);

        assertThat(outcome.log())
                .contains(
                        "before null SUCCESS",
                        "WARNING: not so good",
                        "after UNSTABLE release 1",
                        "Finished: UNSTABLE");
        assertThat(outcome.code()).isEqualTo(ExitCode.UNSTABLE);
    }

    @Test
    void caughtErrorsSetTheResultTheyAreGiven() throws IOException {
        Outcome outcome = pipelines.run("""
            node {
                catchError(buildResult: 'SUCCESS', message: 'never mind') { error 'small' }
                warnError('watch out') { error 'medium' }
                echo 'goes on'
            }
            """);

        assertThat(outcome.log()).contains("never mind", "ERROR: small", "watch out", "ERROR: medium", "goes on");
        assertThat(outcome.code()).isEqualTo(ExitCode.UNSTABLE);
    }

    @Test
    void retriesAsOftenAsItMay() throws IOException {
        Outcome outcome = pipelines.run("""
            def tries = 0
            node {
                retry(3) { tries++; if (tries < 3) { error "try ${tries}" } }
                echo "after ${tries}"
                retry(2) { error 'always' }
            }
            """);

        assertThat(outcome.log()).contains("ERROR: try 1", "ERROR: try 2", "Retrying", "after 3");
        assertThat(outcome.log()).endsWith("ERROR: always\nFinished: FAILURE\n");
    }

    @Test
    void filesAreThoseOfTheCurrentFolder() throws IOException {
        Outcome outcome = pipelines.run("""
            node {
                dir('sub/folder') {
                    writeFile file: 'a.txt', text: "x${1 + 1}"
                    echo "read ${readFile('a.txt')} ${fileExists('a.txt')} ${fileExists('b.txt')}"
                    sh 'cat a.txt; pwd'
                }
                echo "back in ${pwd()}"
                dir('sub/folder') { deleteDir() }
                echo "gone ${!fileExists('sub/folder')}"
                dir('sub') { readFile 'missing.txt' }
            }
            """);

        assertThat(outcome.log())
                .contains("read x2 true false", folder + "/sub/folder\n", "back in " + folder, "gone true")
                .contains("ERROR: readFile: there is no file " + folder.resolve("sub/missing.txt"));
    }

    @Test
    void deletesNeitherTheWorkspaceNorWhatIsOutside() throws IOException {
        assertThat(pipelines.run("node { deleteDir() }").log()).contains("ERROR: deleteDir would delete " + folder);
        assertThat(folder.resolve("Jenkinsfile")).exists();
        assertThat(new Pipelines(folder)
                        .run("node { dir('..') { deleteDir() } }")
                        .log())
                .contains("which is outside the workspace");
    }

    @Test
    void stepsOutsideANodeFailAsOnAController() throws IOException {
        Outcome outcome = pipelines.run("sh 'true'");

        assertThat(outcome.log()).contains("Required context class hudson.FilePath is missing", "such as: node");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void parametersAreTextWithoutDeclarations() throws IOException {
        Outcome outcome = pipelines.parameter("WHERE", "there").run("echo \"${params.WHERE} ${WHERE} ${params.NOT}\"");

        assertThat(outcome.log()).contains("\nthere there null\n");
    }

    @Test
    void checkoutTakesTheWorkspaceAsItIs() throws IOException {
        Outcome outcome = pipelines.run("node { checkout scm; echo 'on' }");

        assertThat(outcome.log()).contains("is taken as it is", "\non\n");
    }

    @Test
    void unknownArgumentsOfTheRunnersStepsGiveAWarning() throws IOException {
        Outcome outcome = pipelines.run("node { sh scrpt: 'a', script: 'echo done' }");

        assertThat(outcome.log())
                .contains("WARNING: Unknown parameter(s) found for class type 'sh': scrpt; did you mean 'script'?")
                .contains("\ndone\n");
    }

    @Test
    void anArgumentOfTheWrongTypeIsNamed() throws IOException {
        Outcome outcome = pipelines.run("node { timeout(time: 'soon') { echo 'x' } }");

        assertThat(outcome.log())
                .contains("ERROR: The step 'timeout' cannot be called like this. Argument 'time': expected Long,"
                        + " but was given 'soon'");
    }

    @Test
    void aByteOrderMarkIsNoCode() throws IOException {
        assertThat(pipelines.run("\uFEFFecho 'marked'").log()).contains("\nmarked\n");
    }

    @Test
    void aMissingBlockOrArgumentIsNamed() throws IOException {
        assertThat(pipelines.run("node { timeout(1) }").log()).contains("The step 'timeout' takes a block");
        assertThat(new Pipelines(folder).run("node { echo('x') { } }").log())
                .contains("The step 'echo' takes no block");
        assertThat(new Pipelines(folder).run("node { sh returnStdout: true }").log())
                .contains("The step 'sh' needs the argument 'script'");
    }
}
