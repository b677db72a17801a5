package io.jenkins.plugins.supabase.local.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.local.runner.Pipelines.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTest {
    @TempDir
    private Path folder;

    private Pipelines pipelines;

    @BeforeEach
    void prepare() {
        pipelines = new Pipelines(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"proceed", "Yes", "y", "p", "Ship it"})
    void proceeds(String answer) throws IOException {
        Outcome outcome = pipelines.answers(answer).run("input message: 'Deploy?', ok: 'Ship it'; echo 'went on'");

        assertThat(outcome.log()).contains("Deploy?\nShip it or Abort? (alice) Approved by alice\n", "\nwent on\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abort", "No", "n", "a"})
    void aborts(String answer) throws IOException {
        Outcome outcome = pipelines.answers(answer).run("input 'Deploy?'; echo 'went on'");

        assertThat(outcome.log())
                .endsWith("Rejected by alice\nFinished: ABORTED\n")
                .doesNotContain("\nwent on\n");
        assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void asksAgainUntilItUnderstands() throws IOException {
        Outcome outcome = pipelines.answers("maybe", "", "yes").run("input 'Deploy?'");

        assertThat(outcome.log()).contains("Answer 'proceed' or 'abort'.", "Approved by alice");
    }

    @Test
    void withoutAnAnswerItFailsAndSaysWhatToDo() throws IOException {
        Outcome outcome = new Pipelines(folder).noAnswers().run("input 'Deploy?'; echo 'went on'");

        assertThat(outcome.log())
                .contains("ERROR: 'Deploy?' was not answered: standard input has ended.", "Finished: FAILURE")
                .doesNotContain("\nwent on\n");
    }

    @Test
    void onlyASubmitterMayAnswer() throws IOException {
        Outcome outcome = pipelines.answers("yes").run("input message: 'Deploy?', submitter: 'bob, carol'");

        assertThat(outcome.log())
                .contains("'Deploy?' may be answered by bob, carol, but the pipeline is run by 'alice'")
                .doesNotContain("Approved");
        assertThat(new Pipelines(folder)
                        .answers("yes")
                        .run("input message: 'Deploy?', submitter: 'bob,alice'")
                        .log())
                .contains("Approved by alice");
    }

    @Test
    void givesBackWhatWasAnswered() throws IOException {
        Outcome outcome = pipelines.answers("yes", "", "b", "proceed", "true").run("""
            def both = input(message: 'First?', submitterParameter: 'WHO', parameters: [
                string(name: 'TICKET', defaultValue: 'none', description: 'the ticket'),
                choice(name: 'SIZE', choices: ['a', 'b'])])
            echo "both ${both.TICKET} ${both.SIZE} ${both.WHO}"
            def one = input(message: 'Second?', parameters: [booleanParam(name: 'SURE')])
            echo "one ${one} ${one.class.simpleName}"
            """);

        assertThat(outcome.log())
                .contains(
                        "TICKET (the ticket) [none]: ",
                        "SIZE [a, b] [a]: ",
                        "\nboth none b alice\n",
                        "\none true Boolean\n");
    }

    @Test
    void anAnswerThatIsNoChoiceFails() throws IOException {
        Outcome outcome = pipelines
                .answers("yes", "c")
                .run("input(message: 'Which?', parameters: [choice(name: 'SIZE', choices: ['a', 'b'])])");

        assertThat(outcome.log()).contains("ERROR: The parameter 'SIZE' is one of [a, b], not 'c'");
    }
}
