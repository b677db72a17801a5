package io.jenkins.plugins.supabase.local.runner.declarative;

import hudson.model.Result;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Post;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Stage;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.When;
import io.jenkins.plugins.supabase.local.runner.step.FailureReport;
import io.jenkins.plugins.supabase.local.runner.step.Groovy;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Runs stages one after another; what fails first ends them, but never the {@code post} blocks. */
final class StageRunner {
    private final StepInvoker steps;
    private final PipelineRun run;
    private final Evaluator evaluator;
    private final Surroundings surroundings;
    private final Conditions conditions;
    private final boolean skipAfterUnstable;

    StageRunner(StepInvoker steps, Evaluator evaluator, boolean skipAfterUnstable) {
        this.steps = steps;
        this.run = steps.run();
        this.evaluator = evaluator;
        this.surroundings = new Surroundings(steps, evaluator);
        this.conditions = new Conditions(run, evaluator);
        this.skipAfterUnstable = skipAfterUnstable;
    }

    void runAll(List<Stage> stages) throws Exception {
        Exception first = null;
        for (Stage stage : stages) {
            try {
                Exception earlier = first;
                steps.invoke("stage", stage.name(), Surroundings.closure(() -> {
                    runUnlessSkipped(stage, earlier);
                    return null;
                }));
            } catch (Exception e) {
                first = first == null ? e : first;
                run.state().worsen(resultOf(e));
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void runUnlessSkipped(Stage stage, Exception earlier) throws Exception {
        if (earlier != null) {
            run.console().line("Stage \"" + stage.name() + "\" skipped due to earlier failure(s)");
        } else if (skipAfterUnstable && run.state().currentResult() == Result.UNSTABLE) {
            run.console()
                    .line("Stage \"" + stage.name()
                            + "\" skipped due to earlier stage(s) marking the build as unstable");
        } else {
            surroundings.withOptions(stage.options(), () -> {
                afterInput(stage);
                return null;
            });
        }
    }

    private void afterInput(Stage stage) throws Exception {
        When when = stage.when();
        if (when != null && when.beforeInput() && skipped(stage)) {
            return;
        }
        Callable<?> rest = () -> {
            if (when != null && !when.beforeInput() && when.beforeAgent() && skipped(stage)) {
                return null;
            }
            surroundings.onAgent(stage.agent(), () -> {
                surroundings.withVariables(stage.environment(), () -> {
                    boolean decided = when == null || when.beforeInput() || when.beforeAgent();
                    if (decided || !skipped(stage)) {
                        runBody(stage);
                    }
                    return null;
                });
                return null;
            });
            return null;
        };
        if (stage.input() == null) {
            rest.call();
            return;
        }
        Map<String, Object> arguments = evaluator.arguments(stage.input());
        Object given = steps.invoke("input", arguments);
        run.within(run.scope().with(InputValues.asVariables(arguments, given)), rest);
    }

    private boolean skipped(Stage stage) throws Exception {
        if (conditions.isMet(stage.when().condition())) {
            return false;
        }
        run.console().line("Stage \"" + stage.name() + "\" skipped due to when conditional");
        return true;
    }

    private void runBody(Stage stage) throws Exception {
        Exception failure = null;
        try {
            if (stage.stages() != null) {
                runAll(stage.stages());
            } else {
                Groovy.callBlock(evaluator.closure(stage.steps()));
            }
        } catch (Exception e) {
            failure = e;
        }
        runPost(stage.post(), failure);
        if (failure != null) {
            throw failure;
        }
    }

    /** @param failure of what ran before, or null; it is rethrown by the caller whatever happens here */
    void runPost(List<Post> posts, Exception failure) throws Exception {
        Exception first = null;
        boolean announced = false;
        for (PostCondition condition : PostCondition.values()) {
            for (Post post : posts) {
                Result result = worst(failure);
                if (post.condition() != condition || !condition.isMetBy(result)) {
                    continue;
                }
                if (!announced) {
                    run.console().line("Post stage");
                    announced = true;
                }
                try {
                    Groovy.callBlock(evaluator.closure(post.steps()));
                } catch (Exception e) {
                    run.console().line("Error when executing " + condition.directive() + " post condition:");
                    FailureReport.print(e, run.console());
                    run.state().worsen(resultOf(e));
                    first = first == null ? e : first;
                }
            }
        }
        if (first != null && failure == null) {
            throw first;
        }
    }

    private Result worst(Exception failure) {
        Result current = run.state().currentResult();
        return failure != null && resultOf(failure).isWorseThan(current) ? resultOf(failure) : current;
    }

    static Result resultOf(Exception failure) {
        return failure instanceof FlowInterruptedException interruption ? interruption.getResult() : Result.FAILURE;
    }
}
