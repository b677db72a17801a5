package io.jenkins.plugins.supabase.steps;

import hudson.AbortException;
import io.jenkins.plugins.supabase.approval.Approval;
import io.jenkins.plugins.supabase.approval.ApprovalStatus;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** How a promotion ended, for its page and for its build. */
final class PromotionEnd {
    private PromotionEnd() {}

    static ApprovalStatus status(PromotionResult result) {
        return switch (result.outcome()) {
            case SUCCEEDED -> ApprovalStatus.SUCCEEDED;
            case UNCHANGED -> ApprovalStatus.UNCHANGED;
            case FAILED -> ApprovalStatus.FAILED;
            case ROLLED_BACK -> ApprovalStatus.ROLLED_BACK;
            case GATE_CLOSED -> ApprovalStatus.REFUSED;
            case GROUND_MOVED, APPROVALS_EXPIRED -> ApprovalStatus.VOIDED;
        };
    }

    /** @return whether the page says already how it ended */
    static boolean isTold(ApprovalStatus status) {
        return List.of(ApprovalStatus.REJECTED, ApprovalStatus.EXPIRED, ApprovalStatus.REFUSED).contains(status);
    }

    static String whyVoided(PromotionResult result) {
        return result.outcome() == PromotionResult.Outcome.GROUND_MOVED
                ? "what would be done is not what was decided on"
                : "the time for approvals was over before it could begin";
    }

    static AbortException rejected(Approval approval) {
        return new AbortException("The " + approval.planned().describe() + " was "
                + approval.ballot().decisions().stream()
                        .filter(decision -> !decision.approves())
                        .map(Decision::describe)
                        .collect(Collectors.joining("; "))
                + ". Nothing was changed.");
    }

    static AbortException expired(Approval approval) {
        return new AbortException("The time for approvals of the " + approval.planned().describe()
                + " is over. Missing: " + String.join(" and ", approval.ballot().missing())
                + ". Nothing was changed. Run the build again to ask anew.");
    }

    /** @param cause that stopped the build */
    static String stopped(Throwable cause) {
        String causes = cause instanceof FlowInterruptedException interruption
                ? interruption.getCauses().stream()
                        .map(CauseOfInterruption::getShortDescription)
                        .collect(Collectors.joining("; "))
                : "";
        return "The build was stopped." + (causes.isEmpty() ? "" : " " + causes + ".");
    }
}
