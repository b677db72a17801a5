package io.jenkins.plugins.supabase.steps;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import hudson.model.TaskListener;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The surroundings of one step in a test: hands out what was put in and keeps what came back. */
final class RecordingStepContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final transient Map<Class<?>, Object> values = new ConcurrentHashMap<>();
    private final transient ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final transient CompletableFuture<Object> outcome = new CompletableFuture<>();

    public RecordingStepContext() {
        PrintStream stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        with(TaskListener.class, () -> stream);
    }

    public <T> RecordingStepContext with(Class<T> type, T value) {
        values.put(type, value);
        return this;
    }

    public String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Waits for the step to end. */
    public Object result() throws Exception {
        try {
            return outcome.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Waits for the step to fail. */
    public Throwable failure() throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("The step succeeded with " + outcome.get(60, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public <T> T get(Class<T> key) {
        return key.cast(values.get(key));
    }

    @Override
    public void onSuccess(Object result) {
        if (!outcome.complete(result)) {
            throw new IllegalStateException("The step has ended before");
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (!outcome.completeExceptionally(failure)) {
            throw new IllegalStateException("The step has ended before");
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return Futures.immediateFuture(null);
    }

    @Override
    public void setResult(Result r) {
        throw new UnsupportedOperationException("Steps set the result on the run");
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("This step has no block");
    }

    @Override
    public boolean equals(Object o) {
        return this == o;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
