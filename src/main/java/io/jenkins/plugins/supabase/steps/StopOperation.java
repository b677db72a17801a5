package io.jenkins.plugins.supabase.steps;

import jenkins.security.MasterToSlaveCallable;

/** Interrupts an operation on the agent and waits until it has said what it left behind. */
final class StopOperation extends MasterToSlaveCallable<Boolean, InterruptedException> {
    private static final long serialVersionUID = 1L;

    /** A stopped build shall end within this time, whether or not the agent answers. */
    static final long LIMIT_SECONDS = 5;

    private final String operationId;

    StopOperation(String operationId) {
        this.operationId = operationId;
    }

    @Override
    public Boolean call() throws InterruptedException {
        return RunningOperations.stop(operationId, LIMIT_SECONDS);
    }
}
