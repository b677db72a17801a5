package io.jenkins.plugins.supabase.core.promotion;

/** Asks people who are there, and waits for their answers: for where there is no page to decide on. */
@FunctionalInterface
public interface ApprovalDesk {
    /**
     * @param open a ballot that is open
     * @return with what people said; still open where nobody who is left may decide
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException if nobody answers
     */
    Ballot ask(PlannedPromotion planned, Ballot open) throws InterruptedException;
}
