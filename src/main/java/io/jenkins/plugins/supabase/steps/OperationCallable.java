package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.security.MasterToSlaveCallable;

/** An operation on its way to the agent; its secrets live as long as the call. */
abstract class OperationCallable extends MasterToSlaveCallable<Serializable, Exception> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(OperationCallable.class.getName());

    private final String operationId;
    private final TaskListener listener;

    OperationCallable(String operationId, TaskListener listener) {
        this.operationId = operationId;
        this.listener = listener;
    }

    abstract Serializable run(Progress progress) throws InterruptedException;

    @Override
    public final Serializable call() throws Exception {
        try (RunningOperations.Entry ignored = RunningOperations.enter(operationId)) {
            return runWithLastWords();
        }
    }

    private Serializable runWithLastWords() throws InterruptedException {
        try {
            return run(this::tell);
        } catch (DeliveryException e) {
            // Causes are of libraries that the controller need not have; the message says all that a person needs.
            LOGGER.log(Level.FINE, "Operation " + operationId + " failed", e);
            throw new DeliveryException(e.getMessage());
        } catch (InterruptedException e) {
            tell("Stopped.");
            throw e;
        }
    }

    private void tell(String line) {
        listener.getLogger().println(line);
        // Pipeline's listener keeps an agent's lines for up to 10 s; the build or the agent may end before.
        listener.getLogger().flush();
    }
}
