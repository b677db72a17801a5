package io.jenkins.plugins.supabase.core.ledger;

/** A step that has begun; to be ended once. One that never ends becomes INTERRUPTED with its deployment. */
public final class RunningStep {
    private final StepLog log;
    private final int ordinal;

    RunningStep(StepLog log, int ordinal) {
        this.log = log;
        this.ordinal = ordinal;
    }

    /** @param detail one line for people; may be empty */
    public void done(String detail) {
        log.end(ordinal, StepState.DONE, detail);
    }

    /** @param detail why, without a secret */
    public void failed(String detail) {
        log.end(ordinal, StepState.FAILED, detail);
    }

    /** @param detail why there was nothing to do */
    public void skipped(String detail) {
        log.end(ordinal, StepState.SKIPPED, detail);
    }
}
