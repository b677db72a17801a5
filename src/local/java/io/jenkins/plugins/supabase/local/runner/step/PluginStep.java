package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.binding.Binder;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/** Runs a step of the plugin: binds it, starts it, waits for its outcome, stops it when the pipeline is interrupted. */
final class PluginStep {
    /** As long as Jenkins' own timeout step waits for a body that it has cancelled. */
    private static final long GRACE_SECONDS = 60;

    private final StepDescriptor descriptor;
    private final PipelineRun run;

    PluginStep(StepDescriptor descriptor, PipelineRun run) {
        this.descriptor = descriptor;
        this.run = run;
    }

    Object call(StepArguments arguments) throws Exception {
        if (arguments.body() != null && !descriptor.takesImplicitBlockArgument()) {
            throw new AbortException("The step '" + descriptor.getFunctionName() + "' takes no block");
        }
        if (descriptor.takesImplicitBlockArgument()) {
            throw new AbortException("The step '" + descriptor.getFunctionName()
                    + "' takes a block, which the local runner does not support");
        }
        Step step = new Binder(run.console()::line).instantiate(descriptor.clazz, arguments.values());
        LocalStepContext context = new LocalStepContext(run);
        for (Class<?> required : descriptor.getRequiredContext()) {
            if (context.get(required) == null) {
                throw MissingContext.of(required.getName(), descriptor.getFunctionName());
            }
        }
        StepExecution execution = step.start(context);
        try {
            return execution.start() ? context.await(0, TimeUnit.SECONDS) : context.await();
        } catch (InterruptedException e) {
            return stop(execution, context, run.interruptions().reasonOf(e), e);
        }
    }

    private Object stop(
            StepExecution execution, LocalStepContext context, InterruptedException reason, InterruptedException caught)
            throws Exception {
        if (reason == caught) {
            // The step itself ended with it: nobody interrupted the pipeline.
            throw reason;
        }
        execution.stop(reason);
        try {
            return context.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            run.console()
                    .line("The step '" + descriptor.getFunctionName() + "' did not stop within " + GRACE_SECONDS
                            + " s and is left behind");
            throw reason;
        } catch (InterruptedException e) {
            throw reason;
        }
    }
}
