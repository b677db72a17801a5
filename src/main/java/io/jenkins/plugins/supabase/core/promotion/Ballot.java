package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The decisions on one plan. Immutable: whoever keeps it lets one thread at a time replace it by what {@link #with}
 * returns, so that two decisions cannot both be the last one.
 *
 * <p>No record, see {@link GateCondition}.
 */
public final class Ballot implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int SHORT_DIGEST = 12;

    /** Where it stands. */
    public enum State {
        OPEN,
        APPROVED,
        REJECTED,
        EXPIRED,
        /** What would be done is not what was asked for any more. */
        VOIDED
    }

    private final BallotRules rules;
    private final String planDigest;
    private final Long expiresMillis;
    private final ArrayList<Decision> decisions;
    private final String voided;

    private Ballot(
            BallotRules rules, String planDigest, Long expiresMillis, List<Decision> decisions, String voided) {
        this.rules = rules;
        this.planDigest = planDigest;
        this.expiresMillis = expiresMillis;
        this.decisions = new ArrayList<>(decisions);
        this.voided = voided;
    }

    /** @param expires null for never */
    public static Ballot open(BallotRules rules, String planDigest, Instant expires) {
        return new Ballot(rules, planDigest, expires == null ? null : expires.toEpochMilli(), List.of(), null);
    }

    public State state(Instant now) {
        if (voided != null) {
            return State.VOIDED;
        }
        if (decisions.stream().anyMatch(decision -> !decision.approves())) {
            return State.REJECTED;
        }
        if (missing().isEmpty()) {
            return State.APPROVED;
        }
        return expires().filter(end -> !now.isBefore(end)).isPresent() ? State.EXPIRED : State.OPEN;
    }

    /**
     * Counts a decision, at the time that it says. Saying the same again changes nothing, also after the end.
     *
     * @throws RefusedDecision where it does not count; its message is one paragraph for whoever decided
     */
    public Ballot with(Decision decision) {
        if (decisions.stream().anyMatch(decision::repeats)) {
            return this;
        }
        if (!decision.planDigest().equals(planDigest)) {
            throw new RefusedDecision(
                    RefusedDecision.Reason.STALE_PLAN,
                    "This decision is on the plan " + shortened(decision.planDigest()) + ", but what would be done now"
                            + " is " + shortened(planDigest)
                            + ". It was not counted. Look at the plan as it is now, then decide.");
        }
        refuse(closed(decision.at()));
        if (decision.approves()) {
            refuse(rules.refusal(decision.voter()));
        } else {
            refuse(rules.refusalToReject(decision.voter()));
            refuse(withoutReason(decision));
        }
        List<Decision> all = new ArrayList<>(decisions);
        all.removeIf(earlier -> earlier.isOf(decision.voter()));
        all.add(decision);
        return new Ballot(rules, planDigest, expiresMillis, all, null);
    }

    /** @return ended, since the ground moved; what was decided stays on record and counts for nothing */
    public Ballot voided(String why) {
        return new Ballot(rules, planDigest, expiresMillis, decisions, why);
    }

    /** @return why this user could not approve now; empty where it counts */
    public Optional<RefusedDecision> refusal(Voter voter, Instant now) {
        return Optional.ofNullable(closed(now)).or(() -> Optional.ofNullable(rules.refusal(voter)));
    }

    /** @return why this user could not reject now; empty where it counts, with a reason */
    public Optional<RefusedDecision> refusalToReject(Voter voter, Instant now) {
        return Optional.ofNullable(closed(now)).or(() -> Optional.ofNullable(rules.refusalToReject(voter)));
    }

    /** @return what this user said; empty for nothing */
    public Optional<Decision> decisionOf(Voter voter) {
        return decisions.stream().filter(decision -> decision.isOf(voter)).findFirst();
    }

    private static RefusedDecision withoutReason(Decision rejection) {
        return rejection.comment().isEmpty()
                ? new RefusedDecision(
                        RefusedDecision.Reason.NO_REASON,
                        "A rejection needs a reason. It was not counted. Say why, then reject again.")
                : null;
    }

    private RefusedDecision closed(Instant now) {
        return switch (state(now)) {
            case OPEN -> null;
            case EXPIRED -> new RefusedDecision(
                    RefusedDecision.Reason.EXPIRED,
                    "The time for approvals ended at " + TimeText.of(expires().orElseThrow())
                            + ". Nothing was counted. Run the promotion again to ask anew.");
            case VOIDED -> settled("was asked anew, since " + voided);
            case APPROVED -> settled(decisions.isEmpty() ? "needs no approval" : "was " + told());
            case REJECTED -> settled("was " + told());
        };
    }

    private RefusedDecision settled(String how) {
        return new RefusedDecision(
                RefusedDecision.Reason.SETTLED, "This promotion " + how + ". Nothing was counted or changed by this.");
    }

    private String told() {
        return decisions.stream().map(Decision::describe).collect(Collectors.joining("; "));
    }

    private static void refuse(RefusedDecision refusal) {
        if (refusal != null) {
            throw refusal;
        }
    }

    /** @return what is still needed, a line for each; empty where enough have approved */
    public List<String> missing() {
        return rules.missing(approvers());
    }

    private Collection<Voter> approvers() {
        return decisions.stream().filter(Decision::approves).map(Decision::voter).toList();
    }

    /** @return in the order in which they were made; of each user the last one */
    public List<Decision> decisions() {
        return List.copyOf(decisions);
    }

    public BallotRules rules() {
        return rules;
    }

    public String planDigest() {
        return planDigest;
    }

    /** @return empty for never */
    public Optional<Instant> expires() {
        return Optional.ofNullable(expiresMillis).map(Instant::ofEpochMilli);
    }

    private static String shortened(String digest) {
        return digest.length() <= SHORT_DIGEST ? digest : digest.substring(0, SHORT_DIGEST);
    }
}
