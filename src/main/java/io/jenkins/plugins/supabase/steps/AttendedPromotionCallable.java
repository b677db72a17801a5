package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.promotion.ApprovalDesk;
import io.jenkins.plugins.supabase.core.promotion.AttendedPromotion;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import java.io.Serializable;
import java.util.function.Function;

/** A promotion beside a terminal; runs in this process only, as people do not travel. */
final class AttendedPromotionCallable extends OperationCallable {
    private static final long serialVersionUID = 1L;

    private final PromotionRequest request;
    private final transient Function<PlannedPromotion, PromotionRequest> applying;
    private final transient ApprovalDesk desk;

    AttendedPromotionCallable(
            String operationId,
            TaskListener listener,
            PromotionRequest request,
            Function<PlannedPromotion, PromotionRequest> applying,
            ApprovalDesk desk) {
        super(operationId, listener);
        this.request = request;
        this.applying = applying;
        this.desk = desk;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        return new AttendedPromotion(request, applying, desk, progress).run();
    }
}
