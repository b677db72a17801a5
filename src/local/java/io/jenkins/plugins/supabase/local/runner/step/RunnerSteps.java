package io.jenkins.plugins.supabase.local.runner.step;

import java.util.ArrayList;
import java.util.List;

/** The steps of the runner itself. */
public final class RunnerSteps {
    private RunnerSteps() {}

    public static List<RunnerStep> all(Answers answers) {
        List<RunnerStep> steps = new ArrayList<>();
        steps.addAll(ScopeSteps.all());
        steps.addAll(ResultSteps.all());
        steps.addAll(TimeSteps.all());
        steps.addAll(FileSteps.all());
        steps.add(ShellStep.step());
        steps.add(InputStep.step(answers));
        steps.add(CheckoutStep.step());
        return steps;
    }
}
