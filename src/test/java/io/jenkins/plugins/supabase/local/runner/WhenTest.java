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

/** Whether a stage of a declarative pipeline runs. */
class WhenTest {
    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "expression { params.X == 'yes' }                       | true",
                "expression { params.X == 'no' }                        | false",
                "environment name: 'X', value: 'yes'                    | true",
                "environment name: 'X', value: 'no'                     | false",
                "equals expected: 'yes', actual: params.X               | true",
                "equals expected: 2, actual: 3                          | false",
                "branch 'main'                                          | true",
                "branch 'm*n'                                           | true",
                "branch 'release/*'                                     | false",
                "branch pattern: 'ma.+', comparator: 'REGEXP'           | true",
                "not { branch 'main' }                                  | false",
                "allOf { branch 'main'; expression { false } }          | false",
                "anyOf { branch 'main'; expression { false } }          | true",
                "anyOf { branch 'x'; not { environment name: 'X', value: 'no' } } | true",
                "beforeAgent true; branch 'main'                        | true",
                "beforeInput true; branch 'x'                           | false",
            })
    void whenDecides(String condition, boolean runs) throws IOException {
        Outcome outcome =
                pipelines.variable("BRANCH_NAME", "main").parameter("X", "yes").run("""
                    pipeline {
                        agent any
                        parameters { string(name: 'X') }
                        stages {
                            stage('Maybe') {
                                when { %s }
                                steps { echo 'it ran' }
                            }
                        }
                    }
                    """.formatted(condition));

        assertThat(outcome.code()).as(outcome.log()).isEqualTo(ExitCode.SUCCESS);
        assertThat(outcome.lines().contains("it ran")).isEqualTo(runs);
        assertThat(outcome.lines().contains("Stage \"Maybe\" skipped due to when conditional"))
                .isEqualTo(!runs);
    }

    @Test
    void whenIsLookedAtBeforeTheVariablesOfTheStageExist() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                stages {
                    stage('Own') {
                        when { environment name: 'MINE', value: 'yes' }
                        environment { MINE = 'yes' }
                        steps { echo 'never' }
                    }
                }
            }
            """);

        assertThat(outcome.log()).contains("skipped due to when conditional").doesNotContain("\nnever\n", "withEnv");
    }

    @Test
    void whenCanBeLookedAtBeforeAnInput() throws IOException {
        String jenkinsfile = """
            pipeline {
                agent any
                stages {
                    stage('Asks') {
                        when { %s; expression { false } }
                        input { message 'Sure?' }
                        steps { echo 'never' }
                    }
                }
            }
            """;

        assertThat(pipelines
                        .noAnswers()
                        .run(jenkinsfile.formatted("beforeInput true"))
                        .code())
                .isEqualTo(ExitCode.SUCCESS);
        assertThat(new Pipelines(folder)
                        .noAnswers()
                        .run(jenkinsfile.formatted("beforeAgent true"))
                        .log())
                .contains("'Sure?' was not answered");
    }

    @Test
    void skippedStagesSkipWhatIsInside() throws IOException {
        Outcome outcome = pipelines.run("""
            pipeline {
                agent any
                stages {
                    stage('Outer') {
                        when { expression { false } }
                        stages { stage('Inner') { steps { echo 'never' } } }
                    }
                }
            }
            """);

        assertThat(outcome.log())
                .contains("Stage \"Outer\" skipped due to when conditional")
                .contains("Stage \"Inner\" skipped due to when conditional")
                .doesNotContain("\nnever\n");
    }
}
