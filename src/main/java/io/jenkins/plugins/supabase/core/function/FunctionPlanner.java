package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionChange.Kind;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Compares the edge functions of a release with those that run. Calls nothing: a function is unchanged when its source
 * is the one that the last deployment recorded, and the platform lists what that deployment left. Of a function without
 * a record only a bundle tells, so the plan calls it changed, and {@link FunctionDeployer} finds out.
 */
public final class FunctionPlanner {
    static final String UNKNOWN = "not deployed by this plugin yet";

    private final List<EdgeFunction> functions;
    private final Set<String> disabled;
    private final Map<String, DeployedFunction> live = new TreeMap<>();
    private final Map<String, RecordedFunction> recorded = new TreeMap<>();

    private FunctionPlanner(
            List<EdgeFunction> functions,
            Set<String> disabled,
            List<DeployedFunction> live,
            List<RecordedFunction> recorded) {
        this.functions = functions;
        this.disabled = disabled;
        live.stream()
                .filter(function -> !DeployedFunction.REMOVED.equals(function.status()))
                .forEach(function -> this.live.put(function.slug(), function));
        recorded.forEach(function -> this.recorded.put(function.slug(), function));
    }

    /**
     * @param live     what the Management API lists
     * @param recorded what the last deployment left; empty where there was none
     * @param prune    whether functions that run and are not in the release are deleted; those that its config.toml
     *                 declares with {@code enabled = false} never are, as with the Supabase CLI
     */
    public static FunctionPlan plan(
            SupabaseProject project, List<DeployedFunction> live, List<RecordedFunction> recorded, boolean prune) {
        return plan(project, live, recorded, slug -> prune);
    }

    /** @param prune tells of a function that runs and is not in the release whether it is deleted */
    public static FunctionPlan plan(
            SupabaseProject project,
            List<DeployedFunction> live,
            List<RecordedFunction> recorded,
            Predicate<String> prune) {
        Set<String> disabled = project.config().functions().entrySet().stream()
                .filter(entry -> !entry.getValue().enabled())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new FunctionPlanner(project.functions(), disabled, live, recorded).plan(prune);
    }

    /** Without a record and without pruning. */
    static FunctionPlan plan(List<EdgeFunction> functions, List<DeployedFunction> live) {
        return new FunctionPlanner(functions, Set.of(), live, List.of()).plan(slug -> false);
    }

    private FunctionPlan plan(Predicate<String> prune) {
        List<FunctionChange> changes = new ArrayList<>();
        functions.forEach(function -> changes.add(change(function)));
        Set<String> ours = functions.stream().map(EdgeFunction::slug).collect(Collectors.toSet());
        live.values().stream()
                .filter(function -> !ours.contains(function.slug()))
                .flatMap(function -> foreign(function, prune).stream())
                .forEach(changes::add);
        changes.sort(Comparator.comparing(FunctionChange::slug));
        List<FunctionDrift> outside = recorded.values().stream()
                .flatMap(function -> FunctionDrift.between(function, live.get(function.slug())).stream())
                .toList();
        return new FunctionPlan(functions, live, changes, outside);
    }

    private FunctionChange change(EdgeFunction function) {
        String digest = RecordedFunction.digest(function);
        DeployedFunction runs = live.get(function.slug());
        List<String> reasons = runs == null ? List.of() : reasons(function, digest, runs);
        Kind kind = runs == null ? Kind.NEW : reasons.isEmpty() ? Kind.UNCHANGED : Kind.CHANGED;
        return new FunctionChange(
                function.slug(),
                kind,
                reasons,
                digest,
                function.files().size(),
                function.bytes(),
                runs == null ? null : runs.version());
    }

    private List<String> reasons(EdgeFunction function, String digest, DeployedFunction runs) {
        RecordedFunction record = recorded.get(function.slug());
        List<String> reasons = new ArrayList<>();
        if (record == null) {
            reasons.add(UNKNOWN);
        } else {
            if (!digest.equals(record.sourceDigest())) {
                reasons.add("source");
            }
            if (!record.sameBundle(runs)) {
                reasons.add("deployed by other ways since");
            }
        }
        if (function.verifyJwt() != null && !function.verifyJwt().equals(runs.verifyJwt())) {
            reasons.add("verify_jwt");
        }
        if (!DeployedFunction.ACTIVE.equals(runs.status())) {
            reasons.add("status " + runs.status());
        }
        return reasons;
    }

    /** @return empty for a version before that a blue-green deployment keeps beside the live one */
    private Optional<FunctionChange> foreign(DeployedFunction function, Predicate<String> prune) {
        if (function.slug().endsWith(ShadowSlug.NEXT)) {
            return Optional.of(without(function, Kind.LEFT_BEHIND, List.of("an interrupted blue-green deployment left it")));
        }
        if (ShadowSlug.isShadow(function.slug())) {
            return Optional.empty();
        }
        if (disabled.contains(function.slug())) {
            return Optional.of(without(function, Kind.EXTRA, List.of("enabled = false in config.toml")));
        }
        return Optional.of(without(function, prune.test(function.slug()) ? Kind.REMOVE : Kind.EXTRA, List.of()));
    }

    private static FunctionChange without(DeployedFunction function, Kind kind, List<String> reasons) {
        return new FunctionChange(function.slug(), kind, reasons, null, 0, 0, function.version());
    }
}
