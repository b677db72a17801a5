package io.jenkins.plugins.supabase.core.ledger;

/** What became of a step. */
public enum StepState {
    RUNNING,
    DONE,
    FAILED,
    SKIPPED,
    /** Its deployment was interrupted, resumed or ended before the step had ended. */
    INTERRUPTED
}
