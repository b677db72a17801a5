package io.jenkins.plugins.supabase.local.runner.binding;

/** A value that does not fit where it was put. */
public final class BindingException extends Exception {
    private static final long serialVersionUID = 1L;

    public BindingException(String message) {
        super(message);
    }
}
