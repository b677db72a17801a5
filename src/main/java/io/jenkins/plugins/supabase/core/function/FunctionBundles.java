package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import java.util.List;

/** Edge functions that were bundled and do not run yet. */
public final class FunctionBundles {
    private final List<BundledFunction> all;

    FunctionBundles(List<BundledFunction> all) {
        this.all = List.copyOf(all);
    }

    List<BundledFunction> all() {
        return all;
    }

    /** Those that differ from what ran when they were bundled. */
    List<BundledFunction> changed() {
        return all.stream()
                .filter(bundle -> bundle.change() != Change.UNCHANGED)
                .toList();
    }
}
