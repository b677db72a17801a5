package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.plan.Look;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.postgres.StatementSplitter;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What an interrupted attempt at a deployment did before it was resumed, so that its result tells it as a whole. */
final class EarlierAttempt {
    private final List<MigrationOutcome> migrations;
    private final Map<String, FunctionOutcome.Change> functions;

    /** @param begun the plan with which the deployment began */
    EarlierAttempt(Look look, Journal journal, Plan begun) {
        this.migrations = look.migrations() == null || !journal.hasSnapshots() ? List.of() : migrations(look, begun);
        this.functions = begun.functions().stream()
                .filter(change -> change.kind() == FunctionChange.Kind.NEW
                        || change.kind() == FunctionChange.Kind.CHANGED)
                .collect(Collectors.toMap(
                        FunctionChange::slug,
                        change -> change.kind() == FunctionChange.Kind.NEW
                                ? FunctionOutcome.Change.NEW
                                : FunctionOutcome.Change.CHANGED));
    }

    private static List<MigrationOutcome> migrations(Look look, Plan begun) {
        Set<String> done = new HashSet<>();
        begun.migrations().forEach(migration -> done.add(migration.version()));
        look.migrations().pending().forEach(file -> done.remove(file.version()));
        return look.migrations().files().stream()
                .filter(file -> done.contains(file.version()))
                .map(EarlierAttempt::outcome)
                .toList();
    }

    private static MigrationOutcome outcome(MigrationFile file) {
        return new MigrationOutcome(
                file.version(), file.name(), file.fileName(), StatementSplitter.split(file.sql()).size(), 0);
    }

    /** @return those that it applied, in order; their durations are not known any more */
    List<MigrationOutcome> migrations() {
        return migrations;
    }

    /** A function that the earlier attempt brought live looks unchanged to the one that finished the job. */
    List<FunctionOutcome> since(List<FunctionOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> outcome.change() == FunctionOutcome.Change.UNCHANGED && functions.containsKey(outcome.slug())
                        ? outcome.withChange(functions.get(outcome.slug()))
                        : outcome)
                .toList();
    }
}
