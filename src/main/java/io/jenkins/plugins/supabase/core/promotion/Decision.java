package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What somebody said to a promotion, and when.
 *
 * <p>No record, see {@link GateCondition}.
 */
public final class Decision implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What was said. */
    public enum Verdict {
        APPROVED,
        REJECTED
    }

    private final Verdict verdict;
    private final String user;
    private final String fullName;
    private final ArrayList<String> mails;
    private final ArrayList<String> groups;
    private final String comment;
    private final String planDigest;
    private final long atMillis;

    private Decision(Verdict verdict, Voter voter, String comment, String planDigest, Instant at) {
        this.verdict = verdict;
        this.user = voter.id();
        this.fullName = voter.fullName();
        this.mails = new ArrayList<>(voter.mails());
        this.groups = new ArrayList<>(voter.groups());
        this.comment = comment == null ? "" : comment.strip();
        this.planDigest = Objects.requireNonNull(planDigest);
        this.atMillis = at.toEpochMilli();
    }

    /**
     * @param comment    may be null or blank
     * @param planDigest of the plan that was looked at
     */
    public static Decision approve(Voter voter, String comment, String planDigest, Instant at) {
        return new Decision(Verdict.APPROVED, voter, comment, planDigest, at);
    }

    /** @param comment why; a ballot refuses a rejection without one */
    public static Decision reject(Voter voter, String comment, String planDigest, Instant at) {
        return new Decision(Verdict.REJECTED, voter, comment, planDigest, at);
    }

    public Verdict verdict() {
        return verdict;
    }

    public boolean approves() {
        return verdict == Verdict.APPROVED;
    }

    /** @return the id */
    public String user() {
        return user;
    }

    /** @return as the security realm knew them then */
    public Voter voter() {
        return new Voter(user, fullName, new TreeSet<>(mails), new TreeSet<>(groups));
    }

    /** @return may be empty where it approves */
    public String comment() {
        return comment;
    }

    public String planDigest() {
        return planDigest;
    }

    /** @return to the millisecond */
    public Instant at() {
        return Instant.ofEpochMilli(atMillis);
    }

    boolean repeats(Decision other) {
        return verdict == other.verdict && isOf(other.voter()) && planDigest.equals(other.planDigest);
    }

    boolean isOf(Voter voter) {
        return Voter.key(user).equals(Voter.key(voter.id()));
    }

    /** @return such as "approved by ada at 2026-11-24 13:00 UTC: looks good" */
    public String describe() {
        return verdict.name().toLowerCase(Locale.ROOT) + " by " + user + " at " + TimeText.of(at())
                + (comment.isEmpty() ? "" : ": " + comment);
    }

    @Override
    public String toString() {
        return describe();
    }
}
