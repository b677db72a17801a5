package io.jenkins.plugins.supabase.approval;

import io.jenkins.plugins.supabase.core.promotion.Ballot;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** What is kept beside the build of a promotion that people decide on. Immutable; no record: XStream restores none. */
final class ApprovalRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ApprovalStatus status;
    private final String message;
    private final Ballot ballot;
    private final long sinceMillis;
    private final boolean halfwayTold;
    private final ArrayList<VoidedRound> voided;

    private ApprovalRecord(
            ApprovalStatus status,
            String message,
            Ballot ballot,
            long sinceMillis,
            boolean halfwayTold,
            List<VoidedRound> voided) {
        this.status = status;
        this.message = message;
        this.ballot = ballot;
        this.sinceMillis = sinceMillis;
        this.halfwayTold = halfwayTold;
        this.voided = new ArrayList<>(voided);
    }

    static ApprovalRecord of(ApprovalStatus status, String message, Ballot ballot, long nowMillis) {
        return new ApprovalRecord(status, message, ballot, nowMillis, false, List.of());
    }

    /** @return with the rounds before it */
    ApprovalRecord after(ApprovalRecord earlier) {
        return new ApprovalRecord(status, message, ballot, sinceMillis, halfwayTold, earlier.voided);
    }

    ApprovalRecord with(Ballot value) {
        return new ApprovalRecord(status, message, value, sinceMillis, halfwayTold, voided);
    }

    ApprovalRecord with(ApprovalStatus value, String why) {
        return new ApprovalRecord(value, why, ballot, sinceMillis, halfwayTold, voided);
    }

    ApprovalRecord withHalfwayTold() {
        return new ApprovalRecord(status, message, ballot, sinceMillis, true, voided);
    }

    ApprovalRecord voided(String why, List<String> changes) {
        List<VoidedRound> rounds = new ArrayList<>(voided);
        rounds.add(new VoidedRound(ballot.voided(why), changes));
        return new ApprovalRecord(ApprovalStatus.VOIDED, why, ballot.voided(why), sinceMillis, halfwayTold, rounds);
    }

    ApprovalStatus status() {
        return status;
    }

    /** @return for people; empty where the status says all */
    String message() {
        return message;
    }

    Ballot ballot() {
        return ballot;
    }

    /** @return when it was asked, in milliseconds since 1970 */
    long sinceMillis() {
        return sinceMillis;
    }

    boolean isHalfwayTold() {
        return halfwayTold;
    }

    List<VoidedRound> voidedRounds() {
        return List.copyOf(voided);
    }
}
