package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** Carries out what was approved, or leaves everything as it is. */
public final class Promotion {
    private final PromotionRequest request;
    private final Progress progress;
    private final Clock clock;

    /** @param request with the gate as administrators have it now, not as it was when the promotion was planned */
    public Promotion(PromotionRequest request, Progress progress) {
        this(request, progress, Clock.systemUTC());
    }

    Promotion(PromotionRequest request, Progress progress, Clock clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Looks at both environments and at the gate once more, under the lock of the target, and deploys if what would
     * be done is exactly what was approved. A promotion that has begun and was interrupted goes on, and one that has
     * ended tells how.
     *
     * @param decisions all that count; they are counted anew by the rules as they are now
     * @param expires   when the time for approvals ends; null for never
     * @return also where nothing was deployed, as approvals were void or the gate had closed
     * @throws DeliveryException if nothing was begun for another reason, such as a bundle that is not what was
     *     approved; the attempt is on record in the ledger of the target
     * @throws InterruptedException after what runs was stopped and recorded
     */
    public PromotionResult apply(PlannedPromotion approved, List<Decision> decisions, Instant expires)
            throws InterruptedException {
        Means.require(request);
        requireSame(approved);
        TargetLedger ledger = new TargetLedger(request, progress);
        PromotionGuard guard = new PromotionGuard(request, approved, decisions, expires, progress, clock);
        try {
            DeployResult deployed = new Deployer(request.bringing(approved.releaseDigest()), progress, guard)
                    .apply(approved.deployment().startingAt(clock.millis()));
            PromotionResult result = result(
                    approved,
                    decisions,
                    Outcome.valueOf(deployed.outcome().name()),
                    deployed.message(),
                    guard.report(),
                    List.of(),
                    deployed,
                    timings(approved, guard, deployed));
            ledger.tellIfPossible(log -> log.applied(approved, result));
            return result;
        } catch (PromotionGuard.ApprovalsVoid e) {
            return stopped(approved, decisions, e.outcome(), e.getMessage(), guard, e.changes());
        } catch (PromotionGuard.GateClosed e) {
            return stopped(approved, decisions, Outcome.GATE_CLOSED, e.getMessage(), guard, List.of());
        } catch (DeliveryException e) {
            ledger.tellIfPossible(log -> log.refused(request.from().name(), e.getMessage()));
            throw e;
        }
    }

    /**
     * Writes down in the target's ledger where the decisions stand, at any time and as often as one likes. Where there is
     * no ledger yet, a decision makes it.
     *
     * @return whether there is a ledger, and it was written down
     * @throws DeliveryException if it could not be written, or not be made
     */
    public boolean record(DecisionRecord record) throws InterruptedException {
        return new TargetLedger(request, progress).tell(record, clock.instant());
    }

    private void requireSame(PlannedPromotion approved) {
        if (!approved.operationId().equals(request.operationId())
                || !approved.from().equals(request.from().name())
                || !approved.to().equals(request.to().name())
                || !Objects.equals(approved.emergencyReason(), request.emergency())) {
            throw new DeliveryException("What was approved, the " + approved.describe() + ", is another promotion"
                    + " than this one, from " + request.from().name() + " to " + request.to().name() + ". Nothing was"
                    + " changed. Plan it and ask for approvals anew.");
        }
    }

    private PromotionResult stopped(
            PlannedPromotion approved,
            List<Decision> decisions,
            Outcome outcome,
            String message,
            PromotionGuard guard,
            List<String> changes) {
        progress.line(message);
        changes.forEach(change -> progress.line("  " + change));
        return result(
                approved, decisions, outcome, message, guard.report(), changes, null, timings(approved, guard, null));
    }

    private PromotionResult.Timings timings(PlannedPromotion approved, PromotionGuard guard, DeployResult deployed) {
        Instant end = clock.instant();
        Instant began = guard.passedAt() == null ? end : guard.passedAt();
        long health = deployed == null || deployed.health() == null ? 0 : deployed.health().durationMillis();
        return new PromotionResult.Timings(
                approved.planMillis(),
                Math.max(0, began.toEpochMilli() - approved.plannedAt().toEpochMilli()),
                Math.max(0, end.toEpochMilli() - began.toEpochMilli() - health),
                health);
    }

    private PromotionResult result(
            PlannedPromotion approved,
            List<Decision> decisions,
            Outcome outcome,
            String message,
            GateReport report,
            List<String> changes,
            DeployResult deployed,
            PromotionResult.Timings timings) {
        return new PromotionResult(
                approved.from(),
                approved.to(),
                outcome,
                message,
                approved.releaseVersion(),
                approved.releaseDigest(),
                approved.emergencyReason(),
                decisions,
                report,
                changes,
                deployed,
                timings);
    }
}
