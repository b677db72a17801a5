package io.jenkins.plugins.supabase.local.runner.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.supabase.local.runner.build.BuildParameter;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.ArrayList;
import java.util.List;

/** Runs a declarative pipeline. */
public final class DeclarativePipeline {
    private final PipelineModel model;
    private final StepInvoker steps;
    private final PipelineRun run;

    public DeclarativePipeline(PipelineModel model, StepInvoker steps) {
        this.model = model;
        this.steps = steps;
        this.run = steps.run();
    }

    public void run(List<Closure<?>> closures) throws Exception {
        Evaluator evaluator = new Evaluator(closures);
        declareParameters(evaluator);
        boolean skipAfterUnstable =
                model.options().stream().anyMatch(option -> option.name().equals("skipStagesAfterUnstable"));
        StageRunner stages = new StageRunner(steps, evaluator, skipAfterUnstable);
        Surroundings surroundings = new Surroundings(steps, evaluator);
        surroundings.onAgent(model.agent(), () -> {
            surroundings.withVariables(model.environment(), () -> {
                runStages(stages, surroundings);
                return null;
            });
            return null;
        });
    }

    private void runStages(StageRunner stages, Surroundings surroundings) throws Exception {
        Exception failure = null;
        try {
            surroundings.withOptions(model.options(), () -> {
                stages.runAll(model.stages());
                return null;
            });
        } catch (Exception e) {
            failure = e;
            run.state().worsen(StageRunner.resultOf(e));
        }
        stages.runPost(model.post(), failure);
        if (failure != null) {
            throw failure;
        }
    }

    private void declareParameters(Evaluator evaluator) throws Exception {
        List<BuildParameter> declared = new ArrayList<>();
        for (PipelineModel.Parameter parameter : model.parameters()) {
            declared.add(BuildParameter.of(parameter.symbol(), evaluator.arguments(parameter.arguments())));
        }
        run.declare(declared);
    }
}
