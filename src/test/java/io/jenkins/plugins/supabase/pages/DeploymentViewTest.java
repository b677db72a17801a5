package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.StepReport;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import io.jenkins.plugins.supabase.core.health.Verdict;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentViewTest {
    private static final DeployResult RESULT = new DeployResult(
            "staging",
            DeployResult.Outcome.SUCCEEDED,
            "",
            7,
            "1.2.0",
            "ab".repeat(32),
            "{\"made\": \"a plan\"}",
            List.of(
                    new StepReport("migration", "1_polls.sql", true, 50, "2 statements"),
                    new StepReport("health", "", true, 200, "healthy")),
            List.of(new MigrationOutcome("1", "polls", "1_polls.sql", 2, 50)),
            List.of(
                    new FunctionOutcome("hello", 3, FunctionOutcome.Change.CHANGED, 1, 10, 20),
                    new FunctionOutcome("same", 1, FunctionOutcome.Change.UNCHANGED, 1, 10, 20)),
            new HealthReport("staging", List.of(new ProbeResult("auth", "", Verdict.HEALTHY, 7, 1, "200")), 9),
            12,
            1_234);

    @Test
    void recordComesBackWithoutThePlan() {
        DeploymentRecord record = DeploymentRecord.of(RESULT);

        assertThat(record.json()).doesNotContain("a plan").contains("\"state\":\"SUCCEEDED\"");
        assertThat(DeploymentRecord.read(record.json())).isEqualTo(record);
        assertThat(DeploymentRecord.read("{\"formatVersion\": 99}")).isNull();
        assertThat(DeploymentRecord.read("half a rec")).isNull();
    }

    @Test
    void summarySaysWhatWasDone() {
        DeploymentView view = new DeploymentView(DeploymentRecord.of(RESULT), true);

        assertThat(view.getSummary()).isEqualTo("succeeded in 1.2 s, 1 migration, 1 edge function");
        assertThat(view.getLevel()).isEqualTo("ok");
        assertThat(view.getMessage()).isNull();
        assertThat(view.isRunning()).isFalse();
        assertThat(view.getSteps()).extracting(view::share).containsExactly(25, 100);
    }

    @Test
    void whoeverNeverToldItsEndIsNotRunningForEver() {
        DeploymentView running = new DeploymentView(DeploymentRecord.running("staging"), true);
        assertThat(running.isRunning()).isTrue();
        assertThat(running.getSummary()).isEqualTo("running");

        DeploymentView lost = new DeploymentView(DeploymentRecord.running("staging"), false);
        assertThat(lost.isRunning()).isFalse();
        assertThat(lost.getSummary()).isEqualTo("unknown");
        assertThat(lost.getLevel()).isEqualTo("warning");
        assertThat(lost.getMessage()).contains("ledger");
    }

    @Test
    void stoppedOneShowsWhatTheLedgerHasOfIt() {
        DeploymentRecord record = DeploymentRecord.stopped(
                "staging",
                result(
                        DeployResult.Outcome.FAILED,
                        "Stopped. Live are: config.",
                        new StepReport("config", "", true, 3, "1 key set"),
                        new StepReport("secrets", "", false, 1, "no right"),
                        new StepReport("functions", "", false, 0, "interrupted")));
        DeploymentView view = new DeploymentView(DeploymentRecord.read(record.json()), false);

        assertThat(view.getSummary()).isEqualTo("stopped after 1.2 s");
        assertThat(view.getLevel()).isEqualTo("warning");
        assertThat(view.getMessage()).isEqualTo("Stopped. Live are: config.");
        assertThat(view.getSteps()).extracting(view::level).containsExactly("ok", "danger", "warning");
    }

    @Test
    void stoppedOneOfWhichNothingIsKnownPointsToTheLog() {
        DeploymentView unknown = new DeploymentView(DeploymentRecord.stopped("staging", null), false);
        DeploymentView silent = new DeploymentView(
                DeploymentRecord.stopped("staging", result(DeployResult.Outcome.FAILED, "")), false);

        assertThat(unknown.getResult()).isNull();
        assertThat(unknown.getMessage()).contains("The log of the build says what is live");
        assertThat(silent.getMessage()).isEqualTo(unknown.getMessage());
    }

    @Test
    void whatWasTakenBackDoesNotCountAsDone() {
        DeploymentView view = new DeploymentView(
                DeploymentRecord.of(result(DeployResult.Outcome.ROLLED_BACK, "The function is ill.")), false);

        assertThat(view.getSummary()).isEqualTo("rolled back in 1.2 s");
        assertThat(view.isTakenBack()).isTrue();
        assertThat(new DeploymentView(DeploymentRecord.of(RESULT), false).isTakenBack()).isFalse();
    }

    private static DeployResult result(DeployResult.Outcome outcome, String message, StepReport... steps) {
        return new DeployResult(
                "staging",
                outcome,
                message,
                7,
                "1.2.0",
                "ab".repeat(32),
                null,
                List.of(steps),
                outcome == DeployResult.Outcome.ROLLED_BACK ? RESULT.migrations() : List.of(),
                List.of(),
                null,
                0,
                1_234);
    }

    @Test
    void failureSaysWhy() {
        DeploymentView view = new DeploymentView(DeploymentRecord.failed("staging", "The folder is gone.", null), false);

        assertThat(view.getMessage()).isEqualTo("The folder is gone.");
        assertThat(view.getLevel()).isEqualTo("danger");
    }
}
