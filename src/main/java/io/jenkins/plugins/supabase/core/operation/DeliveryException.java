package io.jenkins.plugins.supabase.core.operation;

/**
 * A failure that a person can act on. Its message is one paragraph that says what happened, to what, what was left as
 * it was, and what to do next; it is shown without a stack trace and never contains a secret.
 */
public class DeliveryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeliveryException(String message) {
        super(message);
    }

    /** @param cause for the log of the process that did the work only: it is not sent from an agent to the controller */
    public DeliveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
