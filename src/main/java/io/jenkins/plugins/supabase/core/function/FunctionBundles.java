package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Edge functions that were bundled and do not run yet, and the plan that they are of. */
public final class FunctionBundles {
    private final FunctionPlan plan;
    private final List<BundledFunction> all;

    FunctionBundles(FunctionPlan plan, List<BundledFunction> all) {
        this.plan = plan;
        this.all = List.copyOf(all);
    }

    FunctionPlan plan() {
        return plan;
    }

    /** @return whether a function is to be brought live */
    public boolean bringAnything() {
        return !changed().isEmpty();
    }

    /** Those that differ from what ran when they were bundled. */
    List<BundledFunction> changed() {
        return all.stream()
                .filter(bundle -> bundle.change() != Change.UNCHANGED)
                .toList();
    }

    /** @param after what runs now of those that changed, by slug */
    FunctionDeployment deployment(Map<String, DeployedFunction> after) {
        Map<String, BundledFunction> bundles =
                all.stream().collect(Collectors.toMap(BundledFunction::slug, Function.identity()));
        return new FunctionDeployment(
                plan.functions().stream()
                        .map(function -> outcome(
                                function, bundles.get(function.slug()), runs(function, bundles, after)))
                        .toList(),
                plan.functions().stream()
                        .map(function -> RecordedFunction.of(
                                plan.digest(function.slug()), runs(function, bundles, after)))
                        .toList());
    }

    private DeployedFunction runs(
            EdgeFunction function, Map<String, BundledFunction> bundles, Map<String, DeployedFunction> after) {
        BundledFunction bundle = bundles.get(function.slug());
        boolean unchanged = bundle == null || bundle.change() == Change.UNCHANGED;
        return unchanged ? plan.live().get(function.slug()) : after.getOrDefault(function.slug(), bundle.expected());
    }

    private static FunctionOutcome outcome(EdgeFunction function, BundledFunction bundle, DeployedFunction runs) {
        return bundle != null
                ? bundle.outcome(runs.version())
                : new FunctionOutcome(
                        function.slug(),
                        runs.version(),
                        Change.UNCHANGED,
                        function.files().size(),
                        function.bytes(),
                        0);
    }
}
