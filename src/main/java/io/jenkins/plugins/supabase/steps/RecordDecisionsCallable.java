package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.Promotion;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import jenkins.security.MasterToSlaveCallable;

/** Writes down in the target's ledger, from the agent, where the decisions on a promotion stand. */
final class RecordDecisionsCallable extends MasterToSlaveCallable<Boolean, Exception> {
    private static final long serialVersionUID = 1L;

    /** A rejected or stopped build shall end within this time, whether or not the ledger answers. */
    static final long LIMIT_SECONDS = 15;

    private final PromotionRequest request;
    private final PlannedPromotion planned;
    private final Ballot ballot;
    private final String aborted;

    /** @param aborted why nothing comes of it, where nobody decided so; null where it was not aborted */
    RecordDecisionsCallable(PromotionRequest request, PlannedPromotion planned, Ballot ballot, String aborted) {
        this.request = request;
        this.planned = planned;
        this.ballot = ballot;
        this.aborted = aborted;
    }

    @Override
    public Boolean call() throws InterruptedException {
        Promotion promotion = new Promotion(request, line -> {});
        try {
            if (aborted == null) {
                promotion.record(planned, ballot);
            } else {
                promotion.recordAborted(planned, ballot, aborted);
            }
            return true;
        } catch (DeliveryException e) {
            throw new DeliveryException(e.getMessage());
        }
    }
}
