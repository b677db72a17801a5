package io.jenkins.plugins.supabase.core.function;

/** A function cannot be made again from what the platform gives back of it. */
final class IncompleteSourcesException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason as it reads after "because" */
    IncompleteSourcesException(String reason) {
        super(reason);
    }
}
