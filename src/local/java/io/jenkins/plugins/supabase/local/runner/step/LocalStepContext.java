package io.jenkins.plugins.supabase.local.runner.step;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.promotion.ApprovalDesk;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import io.jenkins.plugins.supabase.local.runner.build.Scope;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** What a plugin's step sees of the run, and where it reports its outcome. */
final class LocalStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final transient PipelineRun run;
    private final transient Scope scope;
    private final transient Map<String, String> environment;
    private final transient CompletableFuture<Object> outcome = new CompletableFuture<>();

    LocalStepContext(PipelineRun run) {
        this.run = run;
        this.scope = run.scope();
        this.environment = run.environment();
    }

    /** @return null for what does not exist here */
    @Override
    public <T> T get(Class<T> key) {
        if (key == Run.class) {
            return key.cast(run.build());
        }
        if (key == TaskListener.class) {
            TaskListener listener = run.console()::log;
            return key.cast(listener);
        }
        if (key == FilePath.class && scope.directory() != null) {
            return key.cast(new FilePath(scope.directory().toFile()));
        }
        if (key == ApprovalDesk.class) {
            return key.cast(run.desk());
        }
        if (key == EnvVars.class) {
            return key.cast(new EnvVars(environment));
        }
        return key == EnvironmentExpander.class ? key.cast(new MaskedVariables(environment, run.console())) : null;
    }

    @Override
    public void onSuccess(Object result) {
        outcome.complete(result);
    }

    @Override
    public void onFailure(Throwable failure) {
        outcome.completeExceptionally(failure);
    }

    @Override
    public boolean isReady() {
        return true;
    }

    /** Nothing survives the end of this process: the runner starts anew and the operations converge. */
    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateFuture(null);
    }

    @Override
    public void setResult(Result result) {
        run.state().worsen(result);
    }

    Object await() throws Exception {
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw Groovy.asException(e.getCause());
        }
    }

    /** @throws TimeoutException if the step does not end in time */
    Object await(long time, TimeUnit unit) throws Exception {
        try {
            return outcome.get(time, unit);
        } catch (ExecutionException e) {
            throw Groovy.asException(e.getCause());
        }
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("This step has no block");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
