package io.jenkins.plugins.supabase.core.scratch;

/** There is no server to copy a schema to, or no way to copy it. The message is a sentence for the plan. */
public final class NoScratchServer extends Exception {
    private static final long serialVersionUID = 1L;

    public NoScratchServer(String message) {
        super(message);
    }

    public NoScratchServer(String message, Throwable cause) {
        super(message, cause);
    }
}
