package io.jenkins.plugins.supabase.local.runner.declarative;

import hudson.model.Result;
import io.jenkins.plugins.supabase.local.runner.build.BuildState.Shown;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Moment;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Post;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Stage;
import io.jenkins.plugins.supabase.local.runner.step.FailureReport;
import io.jenkins.plugins.supabase.local.runner.step.Groovy;
import io.jenkins.plugins.supabase.local.runner.step.StepInvoker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Runs stages one after another; what fails first ends them, but never the {@code post} blocks. What surrounds a stage,
 * and in which order, is taken from ModelInterpreter of Jenkins' pipeline-model-definition plugin.
 */
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

    /** @return the first failure, or null */
    Exception runAll(List<Stage> stages) {
        Exception first = null;
        for (Stage stage : stages) {
            boolean failedEarlier = first != null;
            try {
                inStage(stage, () -> {
                    runUnlessSkipped(stage, failedEarlier);
                    return null;
                });
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        return first;
    }

    private void inStage(Stage stage, Callable<?> body) throws Exception {
        steps.invoke("stage", stage.name(), Surroundings.closure(body));
    }

    private void runUnlessSkipped(Stage stage, boolean failedEarlier) throws Exception {
        if (failedEarlier) {
            skip(stage, "earlier failure(s)");
        } else if (skipAfterUnstable && run.state().currentResult() == Result.UNSTABLE) {
            skip(stage, "earlier stage(s) marking the build as unstable");
        } else {
            Gate gate = new Gate(stage.when(), conditions);
            if (gate.isOpenAt(Moment.BEFORE_OPTIONS)) {
                surroundings.withOptions(stage.options(), () -> {
                    withInput(stage, gate);
                    return null;
                });
            }
            if (gate.isClosed()) {
                skip(stage, "when conditional");
            }
        }
    }

    private void skip(Stage stage, String reason) throws Exception {
        run.console().line("Stage \"" + stage.name() + "\" skipped due to " + reason);
        List<Stage> nested = stage.stages() == null ? List.of() : stage.stages();
        for (Stage inner : nested) {
            inStage(inner, () -> {
                skip(inner, reason);
                return null;
            });
        }
    }

    private void withInput(Stage stage, Gate gate) throws Exception {
        if (!gate.isOpenAt(Moment.BEFORE_INPUT)) {
            return;
        }
        Callable<?> rest = () -> {
            if (gate.isOpenAt(Moment.BEFORE_AGENT)) {
                surroundings.onAgent(stage.agent(), () -> {
                    onAgent(stage, gate);
                    return null;
                });
            }
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

    private void onAgent(Stage stage, Gate gate) throws Exception {
        if (gate.isOpenAt(Moment.BEFORE_STEPS)) {
            surroundings.withVariables(stage.environment(), () -> {
                runBody(stage);
                return null;
            });
        }
    }

    private void runBody(Stage stage) throws Exception {
        Exception failure = stepsOrStages(stage);
        if (hasPost(stage.post(), failure)) {
            run.console().line("Post stage");
            failure = runPost(stage.post(), failure);
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** @return the first failure, or null */
    private Exception stepsOrStages(Stage stage) {
        if (stage.stages() != null) {
            return runAll(stage.stages());
        }
        try {
            Groovy.callBlock(evaluator.closure(stage.steps()));
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** @param failure of what ran before, or null */
    boolean hasPost(List<Post> posts, Exception failure) {
        Result result = combined(failure);
        return posts.stream().anyMatch(post -> post.condition().isMetBy(result));
    }

    /** @return the failure that was given, else the first one that happens here, else null */
    Exception runPost(List<Post> posts, Exception failure) {
        Exception first = failure;
        for (Post post : Arrays.stream(PostCondition.values())
                .flatMap(condition -> posts.stream().filter(post -> post.condition() == condition))
                .toList()) {
            if (post.condition().isMetBy(combined(first))) {
                Exception failed = runPost(post, first);
                first = first == null ? failed : first;
            }
        }
        return first;
    }

    private Exception runPost(Post post, Exception failure) {
        Shown shown = run.state().show(combined(failure));
        try {
            Groovy.callBlock(evaluator.closure(post.steps()));
            return null;
        } catch (Exception e) {
            run.console().line("Error when executing " + post.condition().directive() + " post condition:");
            FailureReport.print(e, run.console());
            return e;
        } finally {
            run.state().restore(shown);
        }
    }

    private Result combined(Exception failure) {
        Result current = run.state().currentResult();
        return failure != null && resultOf(failure).isWorseThan(current) ? resultOf(failure) : current;
    }

    private static Result resultOf(Exception failure) {
        return failure instanceof FlowInterruptedException interruption ? interruption.getResult() : Result.FAILURE;
    }
}
