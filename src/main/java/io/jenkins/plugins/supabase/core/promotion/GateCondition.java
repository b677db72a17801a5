package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.util.Objects;

/**
 * What came of one condition of a gate, with the evidence.
 *
 * <p>No record: Jenkins stores it beside the build, and neither Pipeline's marshalling nor XStream restores records.
 */
public final class GateCondition implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of one condition. */
    public enum Verdict {
        PASS,
        FAIL,
        /** It fails, and an emergency goes past it. */
        OVERRIDDEN
    }

    private final Condition condition;
    private final Verdict verdict;
    private final String evidence;

    GateCondition(Condition condition, Verdict verdict, String evidence) {
        this.condition = Objects.requireNonNull(condition);
        this.verdict = Objects.requireNonNull(verdict);
        this.evidence = Objects.requireNonNull(evidence);
    }

    static GateCondition pass(Condition condition, String evidence) {
        return new GateCondition(condition, Verdict.PASS, evidence);
    }

    static GateCondition fail(Condition condition, String evidence) {
        return new GateCondition(condition, Verdict.FAIL, evidence);
    }

    public Condition condition() {
        return condition;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** @return one or two sentences with the numbers that were looked at, whatever the verdict; holds no secret */
    public String evidence() {
        return evidence;
    }

    GateCondition overridden() {
        return new GateCondition(condition, Verdict.OVERRIDDEN, evidence);
    }

    /** @return a line for the log */
    @Override
    public String toString() {
        return "%-10s %-9s %s".formatted(verdict, condition.word(), evidence);
    }
}
