package io.jenkins.plugins.supabase.core.promotion;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether one answer of one person is all that a gate asks, so that a plain question with two buttons can ask for it. Such
 * a question knows neither numbers, nor one from each of several groups, nor people whom it has to turn away.
 */
public final class SingleApproval {
    private SingleApproval() {}

    /**
     * Before the branch of the release is known.
     *
     * @return why no release of any branch could be asked for so; empty where one could
     */
    public static Optional<String> whyNever(GateRules gate, GateRules asked, boolean emergency) {
        GateRules rules = gate.strengthenedBy(asked);
        List<GateRules> possible = new ArrayList<>();
        if (rules.branches().isEmpty()) {
            possible.add(rules);
        }
        for (BranchRule branch : rules.branches()) {
            possible.add(branch.quorums() == null ? rules : rules.withQuorums(branch.quorums()));
        }
        Optional<String> first = Optional.empty();
        for (GateRules one : possible) {
            boolean reduced = emergency && one.emergency() != null;
            Optional<String> why = whyNot(new BallotRules(reduced ? one.inEmergency() : one, List.of(), List.of()));
            if (why.isEmpty()) {
                return why;
            }
            first = first.or(() -> why);
        }
        return first;
    }

    /** @return what it asks beyond one answer, such as "it needs 2 approvals"; empty for nothing, and where nobody is asked */
    public static Optional<String> whyNot(BallotRules rules) {
        if (rules.asksNobody()) {
            return Optional.empty();
        }
        List<Quorum> asked = rules.asked();
        if (asked.size() > 1) {
            return Optional.of("it asks several circles of people: " + rules.describe());
        }
        if (!asked.get(0).oneFromEach().isEmpty()) {
            return Optional.of("it asks for one from each of some groups: " + rules.describe());
        }
        if (asked.get(0).people() > 1) {
            return Optional.of("it asks for " + rules.describe());
        }
        if (!rules.allowsStarter()) {
            return Optional.of("whoever started the build may not approve");
        }
        return rules.allowsAuthor()
                ? Optional.empty()
                : Optional.of("an author of the release's commits may not approve");
    }
}
