package io.jenkins.plugins.supabase.steps;

import hudson.model.TaskListener;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.promotion.PromotionPlanner;
import io.jenkins.plugins.supabase.core.promotion.PromotionRequest;
import java.io.Serializable;

/** Finds what a promotion would do, and whether the gate is open for it. */
final class PlanPromotionCallable extends OperationCallable {
    private static final long serialVersionUID = 1L;

    private final PromotionRequest request;

    PlanPromotionCallable(String operationId, TaskListener listener, PromotionRequest request) {
        super(operationId, listener);
        this.request = request;
    }

    @Override
    Serializable run(Progress progress) throws InterruptedException {
        return new PromotionPlanner(request, progress).plan();
    }
}
