package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.List;

/** What is left to apply, made ready. */
final class MigrationPlan {
    private static final int LISTED = 20;

    private MigrationPlan() {}

    /** @throws DeliveryException if the files and the history disagree, or a file could not be applied as a whole */
    static List<MigrationScript> of(MigrationComparison comparison) {
        comparison.disagreement().ifPresent(disagreement -> {
            throw new DeliveryException(disagreement);
        });
        List<MigrationScript> scripts =
                comparison.pending().stream().map(MigrationScript::of).toList();
        refuseProblems(scripts);
        return scripts;
    }

    static void refuseProblems(List<MigrationScript> scripts) {
        List<String> problems =
                scripts.stream().flatMap(script -> script.problem().stream()).toList();
        if (!problems.isEmpty()) {
            throw new DeliveryException(Count.of(problems.size(), "migration") + " cannot be applied as "
                    + (problems.size() == 1 ? "it is" : "they are") + ". " + String.join(". ", problems)
                    + ". No migration was applied; run the build again after that.");
        }
    }

    static String listed(List<String> names) {
        if (names.size() <= LISTED) {
            return String.join(", ", names);
        }
        return String.join(", ", names.subList(0, LISTED)) + " and " + (names.size() - LISTED) + " more";
    }
}
