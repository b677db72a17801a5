package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;

/** A destination could not do what it was asked. */
public class DestinationException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    public DestinationException(String message) {
        super(message);
    }

    public DestinationException(String message, Throwable cause) {
        super(message, cause);
    }
}
