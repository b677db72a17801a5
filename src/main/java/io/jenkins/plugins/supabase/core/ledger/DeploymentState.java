package io.jenkins.plugins.supabase.core.ledger;

/** What the ledger knows of a deployment: its {@link Outcome}, or that it has none. */
public enum DeploymentState {
    /** Its lease has not run out. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    ROLLED_BACK,
    STOPPED,
    /** Its process went away without a word: the lease ran out, or a later deployment found it open. */
    INTERRUPTED
}
