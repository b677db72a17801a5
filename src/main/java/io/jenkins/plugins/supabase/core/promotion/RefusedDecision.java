package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;

/** A decision that does not count; the ballot is as it was. */
public final class RefusedDecision extends DeliveryException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** The approver started the build. */
        STARTER,
        /** The approver wrote a commit that comes with the release. */
        AUTHOR,
        /** The approver is none of those that the gate lists. */
        NOT_LISTED,
        /** It is decided already, or the promotion has ended. */
        SETTLED,
        /** The decision was made on another plan than the one that would be applied now. */
        STALE_PLAN,
        EXPIRED,
        /** A rejection must say why. */
        NO_REASON
    }

    private final Reason reason;

    /** @param message one paragraph for whoever decided */
    public RefusedDecision(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
