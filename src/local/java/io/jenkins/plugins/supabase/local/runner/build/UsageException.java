package io.jenkins.plugins.supabase.local.runner.build;

/** The runner was called, or configured, in a way that cannot work. Nothing was run. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
