package io.jenkins.plugins.supabase.core.blob;

/** An object stays, as it is locked, or as who asks may not delete anything. */
public final class DeletionRefusedException extends DestinationException {
    private static final long serialVersionUID = 1L;

    DeletionRefusedException(String message) {
        super(message);
    }
}
