package io.jenkins.plugins.supabase.steps;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.Future;
import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import hudson.security.Permission;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Runs a convergent operation on the agent without holding a thread of the controller. The operation is started again
 * when the controller was restarted or the agent's connection was lost: being convergent, it goes on where it stopped.
 */
abstract class AgentOperationExecution extends StepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(AgentOperationExecution.class.getName());

    private static final long FIRST_POLL_MILLIS = 50;
    private static final long LONGEST_POLL_MILLIS = 1_000;
    private static final long LONGEST_RECONNECT_MILLIS = 15_000;
    private static final double BACK_OFF = 1.2;

    private final String operationId = UUID.randomUUID().toString();
    /** Whether an earlier attempt may have done a part of the work. */
    private boolean goingOn;

    private final UsedCredentials used = new UsedCredentials();

    private transient volatile boolean stopped;
    private transient volatile Future<? extends Serializable> running;
    private transient volatile VirtualChannel channel;
    private transient volatile boolean toldWaiting;

    AgentOperationExecution(StepContext context) {
        super(context);
    }

    /**
     * What the agent shall do next; called for the first attempt and for every further one. What cannot be done is a
     * {@link DeliveryException}: an exception of input and output says that the agent is not there yet.
     */
    abstract OperationCallable nextCall(EnvironmentConfiguration environment, Access access) throws Exception;

    /** Takes what the call returned: either ends the step or calls {@link #launch()} for a further call. */
    abstract void completed(Serializable result) throws Exception;

    abstract String environmentName();

    /** @return what a Jenkinsfile calls the step */
    abstract String step();

    /** @return what the user that the build runs as needs: one of these, on the job */
    abstract Permission[] permissions();

    /** Called before the step fails or is stopped, for what it keeps beside the build. */
    void ending(Throwable cause) {}

    /** @return what the build may use */
    final CredentialSource credentials() throws IOException, InterruptedException {
        return used.watch(CredentialSource.of(getContext().get(Run.class)));
    }

    @Override
    public boolean start() throws Exception {
        BuildPermission.require(getContext(), permissions());
        inBackground(this::launch);
        return false;
    }

    @Override
    public void onResume() {
        goingOn = true;
        inBackground(() -> {
            tell("The controller was restarted: looking at what was done, finishing what was not.");
            launch();
        });
    }

    @Override
    public void stop(Throwable cause) {
        stopped = true;
        inBackground(() -> {
            VirtualChannel agent = channel;
            if (agent != null) {
                try {
                    // Waits for the operation's last words, so that they are in the log before the build ends.
                    agent.callAsync(new StopOperation(operationId))
                            .get(StopOperation.LIMIT_SECONDS, TimeUnit.SECONDS);
                } catch (Exception e) {
                    LOGGER.log(Level.FINE, "The agent could not be told to stop " + operationId, e);
                    Future<?> call = running;
                    if (call != null) {
                        call.cancel(true);
                    }
                }
            }
            ending(cause);
            getContext().onFailure(cause);
        });
    }

    final String operationId() {
        return operationId;
    }

    final boolean isGoingOn() {
        return goingOn;
    }

    final void launch() {
        launch(FIRST_POLL_MILLIS);
    }

    /** Like {@link #launch}, some time from now; no thread waits. */
    final void launchAfter(Duration pause) {
        Timer.get().schedule(() -> inBackground(this::launch), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void launch(long reconnectMillis) {
        if (stopped) {
            return;
        }
        try {
            VirtualChannel agent = agentChannel();
            EnvironmentConfiguration environment =
                    SupabaseDeliveryConfiguration.get().environment(environmentName());
            Access access = new EnvironmentCredentials(environment, credentials()).resolve();
            OperationCallable call = nextCall(environment, access);
            tellOfCredentials();
            channel = agent;
            running = agent.callAsync(call);
            toldWaiting = false;
            pollAfter(FIRST_POLL_MILLIS);
        } catch (DeliveryException | IllegalArgumentException e) {
            fail(new AbortException(e.getMessage()));
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, "No agent for " + operationId + " yet", e);
            launchAgainAfter(reconnectMillis);
        } catch (Exception e) {
            fail(e);
        }
    }

    /** Before the agent has them, so that a step that is killed has told too. */
    private void tellOfCredentials() throws IOException, InterruptedException {
        if (used.hasNews()) {
            used.tell(step(), environmentName(), BuildOrigin.of(getContext().get(Run.class), operationId));
            saveState();
        }
    }

    /** @throws IOException while the agent is not there, as after a restart of the controller */
    final VirtualChannel agentChannel() throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        if (workspace == null) {
            if (needsWorkspace()) {
                throw new IOException("The workspace is not there yet");
            }
            return FilePath.localChannel;
        }
        return workspace.getChannel();
    }

    abstract boolean needsWorkspace();

    private void launchAgainAfter(long millis) {
        if (!toldWaiting) {
            toldWaiting = true;
            tell("The agent is not connected: waiting for it.");
        }
        long next = Math.min((long) (millis * BACK_OFF) + 1, LONGEST_RECONNECT_MILLIS);
        Timer.get().schedule(() -> inBackground(() -> launch(next)), millis, TimeUnit.MILLISECONDS);
    }

    private void pollAfter(long millis) {
        Timer.get().schedule(() -> poll(millis), millis, TimeUnit.MILLISECONDS);
    }

    private void poll(long millis) {
        if (stopped) {
            return;
        }
        if (running.isDone()) {
            inBackground(this::finish);
        } else {
            pollAfter(Math.min((long) (millis * BACK_OFF) + 1, LONGEST_POLL_MILLIS));
        }
    }

    private void finish() {
        if (stopped) {
            return;
        }
        try {
            completed(running.get());
        } catch (ExecutionException e) {
            finishFailed(e.getCause());
        } catch (DeliveryException e) {
            fail(new AbortException(e.getMessage()));
        } catch (Exception e) {
            fail(e);
        }
    }

    private void finishFailed(Throwable failure) {
        if (isLostConnection(failure)) {
            goingOn = true;
            tell("The connection to the agent was lost in the middle of the operation.");
            launchAgainAfter(FIRST_POLL_MILLIS);
        } else if (failure instanceof DeliveryException) {
            fail(new AbortException(failure.getMessage()));
        } else {
            fail(failure);
        }
    }

    private static boolean isLostConnection(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof ChannelClosedException || t instanceof RequestAbortedException) {
                return true;
            }
        }
        return false;
    }

    final void fail(Throwable failure) {
        if (!stopped) {
            ending(failure);
            getContext().onFailure(failure);
        }
    }

    /** @param page address relative to the build */
    final void tellOf(String what, String page) throws IOException, InterruptedException {
        tell(what + ": " + BuildOrigin.of(getContext().get(Run.class), operationId).buildUrl() + page + "/");
    }

    /**
     * For an operation that told no result.
     *
     * @return what the environment's ledger has of it; null where it has nothing or does not answer in time
     */
    final DeployResult recorded() {
        VirtualChannel agent = channel;
        if (agent == null) {
            return null;
        }
        try {
            EnvironmentConfiguration environment =
                    SupabaseDeliveryConfiguration.get().environment(environmentName());
            Access access = new EnvironmentCredentials(environment, credentials()).resolve();
            return agent.callAsync(new RecordedCallable(operationId, environment.toEnvironment(), access))
                    .get(RecordedCallable.LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (Exception e) {
            LOGGER.log(Level.FINE, "The ledger did not tell what became of " + operationId, e);
            return null;
        }
    }

    /** Makes the build unstable, and the step too where somebody looks at it. */
    final void markUnstable(String why) throws IOException, InterruptedException {
        tell(why);
        FlowNode node = getContext().get(FlowNode.class);
        if (node != null) {
            node.addOrReplaceAction(new WarningAction(Result.UNSTABLE).withMessage(why));
        }
        getContext().get(Run.class).setResult(Result.UNSTABLE);
    }

    final void tell(String line) {
        try {
            TaskListener listener = getContext().get(TaskListener.class);
            if (listener != null) {
                listener.getLogger().println(line);
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "No build log for " + operationId, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The caller is Pipeline's own thread or the timer's, neither of which may wait. */
    final void inBackground(Runnable task) {
        Computer.threadPoolForRemoting.submit(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                fail(e);
            }
        });
    }

    /** What a restart of Jenkins finds again. */
    final void saveState() {
        ListenableFuture<Void> saved = getContext().saveState();
        saved.addListener(() -> sayIfNotSaved(saved), Runnable::run);
    }

    private void sayIfNotSaved(ListenableFuture<Void> saved) {
        try {
            saved.get();
        } catch (ExecutionException e) {
            LOGGER.log(
                    Level.WARNING,
                    "The state of " + operationId + " could not be written. After a restart of Jenkins it goes on from an older"
                            + " one",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
