package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;

/** The Management API refused a call, or could not be reached. */
public final class ManagementException extends DeliveryException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String reason;

    ManagementException(int status, String reason, String message, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.reason = reason;
    }

    /** @return of HTTP; 0 where no answer came */
    public int status() {
        return status;
    }

    /** @return why, in a few words: what the API said where it said something */
    public String reason() {
        return reason;
    }

    /** Whether the API itself said that it did nothing; otherwise it may have done what it was asked. */
    public boolean answered() {
        return status >= 400 && status < 500;
    }

    /** Whether the cause is what was sent with this one call, so that other calls may well succeed. */
    public boolean concernsOnlyThisCall() {
        return status == 400 || status == 409 || status == 413 || status == 422 || status >= 500;
    }
}
