package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.ledger.LedgerWriter;
import java.io.Serializable;
import java.time.Instant;

/**
 * Where the decisions on a promotion stand, for the target's ledger: what was asked, each decision, and that it expired or
 * came to nothing. Applying writes down all of it too.
 *
 * @param aborted why nothing comes of it though nobody decided so; null where something may
 */
public record DecisionRecord(Origin origin, PlannedPromotion planned, Ballot ballot, String aborted)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @return whether somebody has decided, which must not be forgotten where there is no ledger yet */
    boolean isDecided() {
        return !ballot.decisions().isEmpty();
    }

    /** As often as one likes. */
    public void writeTo(LedgerWriter writer, Instant now) {
        PromotionLog log = new PromotionLog(origin, writer);
        log.requested(planned);
        log.decided(planned, ballot.decisions());
        if (aborted != null) {
            log.aborted(planned, aborted);
        } else if (ballot.state(now) == Ballot.State.EXPIRED) {
            log.expired(planned, ballot.missing());
        }
    }
}
