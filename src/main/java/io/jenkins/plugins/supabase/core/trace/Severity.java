package io.jenkins.plugins.supabase.core.trace;

/** How much a {@link Finding} matters, the least first. */
public enum Severity {
    INFO,
    WARNING,
    /** Blocks writers or readers of a table that people use, or breaks what is running. */
    DANGER
}
