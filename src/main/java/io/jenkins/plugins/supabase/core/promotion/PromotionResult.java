package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of a promotion. Holds no secret.
 *
 * @param message    one paragraph for people; empty where it went well
 * @param decisions  on the plan that was applied, or would have been
 * @param gate       as it was when it came to applying, approvals included; null where an earlier attempt had applied
 *     it
 * @param changes    where approvals are void: a line for each difference, or for what else made them so
 * @param deployment null where none began
 */
public record PromotionResult(
        String from,
        String to,
        Outcome outcome,
        String message,
        String releaseVersion,
        String releaseDigest,
        String emergency,
        List<Decision> decisions,
        GateReport gate,
        List<String> changes,
        DeployResult deployment,
        Timings timings)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How it ended. */
    public enum Outcome {
        SUCCEEDED,
        /** The target was what the release says already. */
        UNCHANGED,
        FAILED,
        /** It failed, and what was changed is as it was before. */
        ROLLED_BACK,
        /** What would be done is not what was approved; nothing was changed, and approvals are void. */
        GROUND_MOVED,
        /** Approvals came in time, which was over before it could begin; nothing was changed, and they are void. */
        APPROVALS_EXPIRED,
        /** A condition did not hold any more; nothing was changed. */
        GATE_CLOSED
    }

    /**
     * How long each part took, in milliseconds.
     *
     * @param waiting from the plan to applying: for approvals, and for whoever deployed before
     * @param deploy  without the health check
     */
    public record Timings(long plan, long waiting, long deploy, long health) implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    public PromotionResult {
        decisions = new ArrayList<>(decisions);
        changes = new ArrayList<>(changes);
    }

    /** @return whether the target holds the release now */
    public boolean succeeded() {
        return outcome == Outcome.SUCCEEDED || outcome == Outcome.UNCHANGED;
    }

    /** @return whether approvals are void, so that it is to be planned and asked for anew */
    public boolean voided() {
        return outcome == Outcome.GROUND_MOVED || outcome == Outcome.APPROVALS_EXPIRED;
    }

    /** @return ids of those who approved, in the order in which they did */
    public List<String> approvedBy() {
        return decisions.stream().filter(Decision::approves).map(Decision::user).toList();
    }
}
