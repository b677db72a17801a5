package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.bucket.BucketPlan;
import io.jenkins.plugins.supabase.core.config.ConfigPlan;
import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.trace.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a plan would not be applied, so that whoever reads it knows before. Each is one paragraph with the way out. */
final class Refusals {
    private Refusals() {}

    /**
     * @param migrations   null where the database cannot be reached
     * @param config       null where no settings are deployed
     * @param buckets      null where none were looked at
     * @param contractions statements of pending migrations that take away or tighten what is there
     * @param restorePoint that the deployment would make
     */
    static List<String> of(
            PlanInputs inputs,
            MigrationComparison migrations,
            ConfigPlan config,
            BucketPlan buckets,
            List<Finding> contractions,
            RestorePointPlan restorePoint) {
        return Stream.of(
                        Optional.ofNullable(migrations).flatMap(MigrationComparison::disagreement),
                        Optional.ofNullable(config).flatMap(ConfigPlan::refusal),
                        Optional.ofNullable(buckets).flatMap(plan -> opened(inputs, plan)),
                        restorePoint.refusal(inputs.environment().name()),
                        inputs.expandOnly() ? contracting(contractions) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> opened(PlanInputs inputs, BucketPlan buckets) {
        List<String> refused = buckets.changes().stream()
                .filter(BucketChange::opens)
                .map(BucketChange::policyKey)
                .filter(key -> !inputs.policy().allowWeaker().contains(key))
                .toList();
        return refused.isEmpty()
                ? Optional.empty()
                : Optional.of("The environment \"" + inputs.environment().name() + "\" refuses to let everybody read what is"
                        + " in a bucket that was private: " + String.join(", ", refused) + ". Nothing was changed. Leave it"
                        + " private in config.toml, or let an administrator add the key to allowWeaker of the environment's"
                        + " policy.");
    }

    private static Optional<String> contracting(List<Finding> contractions) {
        return contractions.isEmpty()
                ? Optional.empty()
                : Optional.of("A blue-green deployment wants migrations that only add, as the functions that run need the"
                        + " database as it is: "
                        + contractions.stream()
                                .map(finding -> finding.file() + " line " + finding.line() + ": " + finding.message())
                                .collect(Collectors.joining(" "))
                        + " Nothing was changed. Deploy what takes away in a later release, when no function needs it any"
                        + " more, with strategy: 'direct'.");
    }
}
