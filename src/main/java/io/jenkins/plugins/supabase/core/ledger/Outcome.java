package io.jenkins.plugins.supabase.core.ledger;

/** How a deployment ended that could say so itself. */
public enum Outcome {
    /** The environment holds the release. */
    SUCCEEDED,
    /** An error ended it; the message says what is live. */
    FAILED,
    /** An error ended it, and the environment is again as it was before. */
    ROLLED_BACK,
    /** It was aborted, or was told to leave things as they are after an error; the message says what is live. */
    STOPPED
}
