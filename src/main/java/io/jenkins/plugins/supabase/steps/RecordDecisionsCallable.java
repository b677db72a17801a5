package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.promotion.DecisionRecord;
import io.jenkins.plugins.supabase.core.promotion.Promotion;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import jenkins.security.MasterToSlaveCallable;

/** Writes down in the target's ledger, from the agent, where the decisions on a promotion stand; false without a ledger. */
final class RecordDecisionsCallable extends MasterToSlaveCallable<Boolean, Exception> {
    private static final long serialVersionUID = 1L;

    /** A rejected or stopped build shall end within this time, whether or not the ledger answers. */
    static final long LIMIT_SECONDS = 15;

    private final PromotionRequest request;
    private final DecisionRecord record;

    RecordDecisionsCallable(PromotionRequest request, DecisionRecord record) {
        this.request = request;
        this.record = record;
    }

    @Override
    public Boolean call() throws InterruptedException {
        try {
            return new Promotion(request, line -> {}).record(record);
        } catch (DeliveryException e) {
            throw new DeliveryException(e.getMessage());
        }
    }
}
