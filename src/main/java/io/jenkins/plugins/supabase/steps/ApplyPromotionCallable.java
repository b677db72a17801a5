package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.promotion.Ballot;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.Promotion;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import java.io.Serializable;

/** Carries out what was approved. */
final class ApplyPromotionCallable extends OperationCallable {
    private static final long serialVersionUID = 1L;

    private final PromotionRequest request;
    private final PlannedPromotion planned;
    private final Ballot ballot;

    ApplyPromotionCallable(
            String operationId,
            TaskListener listener,
            PromotionRequest request,
            PlannedPromotion planned,
            Ballot ballot) {
        super(operationId, listener);
        this.request = request;
        this.planned = planned;
        this.ballot = ballot;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        return new Promotion(request, progress).apply(planned, ballot.decisions(), ballot.expires().orElse(null));
    }
}
