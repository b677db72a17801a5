package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a gate found, in the order of {@link Condition}. Conditions that nobody asks are not in it. */
public final class GateReport implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<GateCondition> conditions;

    public GateReport(List<GateCondition> conditions) {
        this.conditions = new ArrayList<>(conditions);
        this.conditions.sort(Comparator.comparing(GateCondition::condition));
    }

    public List<GateCondition> conditions() {
        return List.copyOf(conditions);
    }

    public Optional<GateCondition> of(Condition condition) {
        return conditions.stream().filter(one -> one.condition() == condition).findFirst();
    }

    /** @return whether no condition fails that an emergency does not go past */
    public boolean passes() {
        return failed().isEmpty();
    }

    public List<GateCondition> failed() {
        return with(GateCondition.Verdict.FAIL);
    }

    /** @return what only an emergency goes past */
    public List<GateCondition> overridden() {
        return with(GateCondition.Verdict.OVERRIDDEN);
    }

    private List<GateCondition> with(GateCondition.Verdict verdict) {
        return conditions.stream().filter(one -> one.verdict() == verdict).toList();
    }

    GateReport and(GateCondition further) {
        List<GateCondition> all = new ArrayList<>(conditions);
        all.add(further);
        return new GateReport(all);
    }

    /** @return the lines of a table for the log */
    public List<String> lines() {
        return conditions.stream().map(GateCondition::toString).toList();
    }

    /** @return the evidence of what fails, for a message; empty where nothing does */
    public String failures() {
        return failed().stream()
                .map(one -> one.condition().word() + ": " + one.evidence())
                .collect(Collectors.joining(" "));
    }
}
