package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Functions of a release that run under shadow slugs, beside those that they are to take the place of. */
public final class StagedFunctions {
    private final FunctionBundles bundles;
    private final Map<String, DeployedFunction> live;

    /** @param live what runs besides, by slug */
    StagedFunctions(FunctionBundles bundles, Map<String, DeployedFunction> live) {
        this.bundles = bundles;
        this.live = Map.copyOf(live);
    }

    FunctionBundles bundles() {
        return bundles;
    }

    Map<String, DeployedFunction> live() {
        return live;
    }

    List<BundledFunction> changed() {
        return bundles.changed();
    }

    /** @return to be probed: the shadow's slug by the function's, sorted; empty where nothing differs */
    public Map<String, String> shadows() {
        Map<String, String> shadows = new TreeMap<>();
        changed().forEach(bundle -> shadows.put(bundle.slug(), ShadowSlug.next(bundle.slug())));
        return shadows;
    }
}
