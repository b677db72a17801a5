package io.jenkins.plugins.supabase.core.deploy;

/** What becomes of a deployment that failed in the middle. */
public enum OnFailure {
    /** Put back what can be put back. */
    ROLLBACK,
    /** Leave everything as it is, for a person to look at. */
    STOP
}
