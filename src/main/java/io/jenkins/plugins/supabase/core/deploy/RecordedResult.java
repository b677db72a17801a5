package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.DeploymentStep;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.StepState;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The result of a deployment as the ledger has it.
 *
 * @param plan  null for a rollback, which has another kind of plan
 * @param state that it left; empty where it recorded none
 */
record RecordedResult(Deployment deployment, Plan plan, List<DeploymentStep> steps, Optional<EnvironmentState> state) {
    DeployResult toResult(String environment, String planJson, long durationMillis) {
        return new DeployResult(
                environment,
                outcome(),
                deployment.message(),
                deployment.id(),
                deployment.releaseVersion(),
                deployment.releaseDigest(),
                planJson,
                steps.stream().map(RecordedResult::report).toList(),
                migrations(),
                functions(),
                null,
                0,
                durationMillis);
    }

    private DeployResult.Outcome outcome() {
        return switch (deployment.state()) {
            case SUCCEEDED -> plan != null && plan.isEmpty() ? DeployResult.Outcome.UNCHANGED : DeployResult.Outcome.SUCCEEDED;
            case ROLLED_BACK -> DeployResult.Outcome.ROLLED_BACK;
            default -> DeployResult.Outcome.FAILED;
        };
    }

    private static StepReport report(DeploymentStep step) {
        return new StepReport(
                step.kind(),
                step.subject(),
                step.state() == StepState.DONE || step.state() == StepState.SKIPPED,
                step.millis() == null ? 0 : step.millis(),
                ended(step) ? step.detail() : StepReport.INTERRUPTED);
    }

    private static boolean ended(DeploymentStep step) {
        return step.state() != StepState.RUNNING && step.state() != StepState.INTERRUPTED;
    }

    private List<MigrationOutcome> migrations() {
        if (plan == null) {
            return List.of();
        }
        Map<String, Long> applied = steps.stream()
                .filter(step -> step.kind().equals("migration") && step.state() == StepState.DONE)
                .collect(Collectors.toMap(
                        DeploymentStep::subject, step -> step.millis() == null ? Long.valueOf(0) : step.millis(), Math::max));
        boolean all = deployment.state() == DeploymentState.SUCCEEDED;
        return plan.migrations().stream()
                .filter(migration -> all || applied.containsKey(migration.fileName()))
                .map(migration -> outcome(migration, applied.getOrDefault(migration.fileName(), 0L)))
                .toList();
    }

    private static MigrationOutcome outcome(PendingMigration migration, long millis) {
        return new MigrationOutcome(
                migration.version(), migration.name(), migration.fileName(), migration.statements(), millis);
    }

    private List<FunctionOutcome> functions() {
        if (plan == null || state.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> versions = state.get().functions().stream()
                .collect(Collectors.toMap(RecordedFunction::slug, RecordedFunction::version));
        return plan.functions().stream()
                .filter(change -> versions.containsKey(change.slug()) && OF_RELEASE.contains(change.kind()))
                .map(change -> new FunctionOutcome(
                        change.slug(), versions.get(change.slug()), change(change), change.files(), change.bytes(), 0))
                .toList();
    }

    private static final Set<FunctionChange.Kind> OF_RELEASE =
            Set.of(FunctionChange.Kind.NEW, FunctionChange.Kind.CHANGED, FunctionChange.Kind.UNCHANGED);

    private FunctionOutcome.Change change(FunctionChange change) {
        boolean brought = deployment.state() == DeploymentState.SUCCEEDED;
        return brought ? FunctionOutcome.Change.valueOf(change.kind().name()) : FunctionOutcome.Change.UNCHANGED;
    }
}
