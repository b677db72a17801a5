package io.jenkins.plugins.supabase.local.runner.declarative;

import groovy.lang.Closure;
import io.jenkins.plugins.supabase.local.runner.build.BuildParameter;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

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
        AtomicBoolean reachedPost = new AtomicBoolean();
        try {
            surroundings.onAgent(model.agent(), () -> {
                surroundings.withVariables(model.environment(), () -> {
                    surroundings.withOptions(model.options(), () -> {
                        Exception failure = stages.runAll(model.stages());
                        reachedPost.set(true);
                        post(stages, failure);
                        return null;
                    });
                    return null;
                });
                return null;
            });
        } catch (Exception e) {
            if (!reachedPost.get()) {
                post(stages, e);
            }
            throw e;
        }
    }

    /** @throws Exception the failure, or the first one that happens here */
    private void post(StageRunner stages, Exception failure) throws Exception {
        AtomicReference<Exception> first = new AtomicReference<>(failure);
        if (stages.hasPost(model.post(), failure)) {
            steps.invoke("stage", "Declarative: Post Actions", Surroundings.closure(() -> {
                first.set(stages.runPost(model.post(), failure));
                return null;
            }));
        }
        if (first.get() != null) {
            throw first.get();
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
