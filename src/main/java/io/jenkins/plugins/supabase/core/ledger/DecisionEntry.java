package io.jenkins.plugins.supabase.core.ledger;

import java.time.Instant;

/**
 * Somebody's decision about a promotion, as it stands in the ledger of the environment that is promoted to.
 *
 * @param operationId of the promotion
 * @param planDigest  of the plan that was decided on
 * @param user        the id
 * @param at          when it was made, by the clock of whoever asked, to the millisecond
 * @param comment     may be empty
 * @param emergency   whether it was made on an emergency
 */
public record DecisionEntry(
        String operationId,
        String planDigest,
        String user,
        Verdict verdict,
        Instant at,
        String comment,
        boolean emergency) {
    /** What was decided. */
    public enum Verdict {
        APPROVED,
        REJECTED
    }
}
