package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Instant;
import java.util.function.Function;

/** A promotion from its plan to its end, on one thread, with people beside it who approve. */
public final class AttendedPromotion {
    private final PromotionRequest request;
    private final Function<PlannedPromotion, PromotionRequest> applying;
    private final ApprovalDesk desk;
    private final Progress progress;

    /**
     * @param applying gives the request to apply a plan by, with the secrets that its way back needs; see
     *     {@code PlannedDeployment.previousSecretCredentials()}
     */
    public AttendedPromotion(
            PromotionRequest request,
            Function<PlannedPromotion, PromotionRequest> applying,
            ApprovalDesk desk,
            Progress progress) {
        this.request = request;
        this.applying = applying;
        this.desk = desk;
        this.progress = progress;
    }

    /**
     * Asks again as often as approvals are void.
     *
     * @return what came of it once it was approved
     * @throws DeliveryException if the gate is closed, or it was not approved; nothing was changed then
     */
    public PromotionResult run() throws InterruptedException {
        while (true) {
            PlannedPromotion planned = new PromotionPlanner(request, progress).plan();
            if (!planned.gate().passes()) {
                throw new DeliveryException(planned.refusal());
            }
            Ballot ballot = decided(planned);
            PromotionResult result = new Promotion(applying.apply(planned), progress)
                    .apply(planned, ballot.decisions(), ballot.expires().orElse(null));
            if (!result.voided()) {
                return result;
            }
            progress.line("Planning anew, and asking again.");
        }
    }

    private void record(PlannedPromotion planned, Ballot ballot) throws InterruptedException {
        try {
            new Promotion(request, progress)
                    .record(new DecisionRecord(request.deployment().origin(), planned, ballot, null));
        } catch (DeliveryException e) {
            progress.line("WARNING: The decisions are not on record in the ledger of " + planned.to() + ": "
                    + e.getMessage());
        }
    }

    private Ballot decided(PlannedPromotion planned) throws InterruptedException {
        Ballot ballot = planned.ballot(Instant.now());
        if (ballot.state(Instant.now()) == Ballot.State.OPEN) {
            ballot = desk.ask(planned, ballot);
        }
        record(planned, ballot);
        Ballot.State state = ballot.state(Instant.now());
        ballot.decisions().forEach(decision -> progress.line("  " + decision.describe()));
        if (state != Ballot.State.APPROVED) {
            String why = state == Ballot.State.REJECTED
                    ? "was rejected"
                    : "was not approved; missing: " + String.join(", ", ballot.missing());
            throw new DeliveryException("The " + planned.describe() + " " + why + ". Nothing was changed.");
        }
        return ballot;
    }
}
