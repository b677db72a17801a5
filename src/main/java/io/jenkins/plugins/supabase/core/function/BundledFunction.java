package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.Objects;

/**
 * A function of the project that the platform has bundled but not activated.
 *
 * @param function as it was sent
 * @param before what runs now; null where no function has this slug
 * @param bundle what would run after activation
 */
record BundledFunction(EdgeFunction function, DeployedFunction before, DeployedFunction bundle, long durationMillis) {
    String slug() {
        return function.slug();
    }

    /** What runs once the deployment has succeeded. */
    DeployedFunction expected() {
        return change() == Change.UNCHANGED ? before : bundle;
    }

    /**
     * A bundle that is equal to what runs needs no activation. Only the SHA-256 of the bundle tells; where the
     * platform gives none, the function counts as changed.
     */
    Change change() {
        if (before == null) {
            return Change.NEW;
        }
        boolean same = DeployedFunction.ACTIVE.equals(before.status())
                && before.ezbrSha256() != null
                && before.ezbrSha256().equals(bundle.ezbrSha256())
                && Objects.equals(before.verifyJwt(), verifyJwt())
                && source(before.entrypointPath()).equals(source(bundle.entrypointPath()))
                && source(before.importMapPath()).equals(source(bundle.importMapPath()));
        return same ? Change.UNCHANGED : Change.CHANGED;
    }

    /** What was sent comes first: a function must not be open because an answer said so. */
    Boolean verifyJwt() {
        return function.verifyJwt() != null ? function.verifyJwt() : bundle.verifyJwt();
    }

    DeployedFunction activation() {
        return new DeployedFunction(
                bundle.id(),
                function.slug(),
                bundle.name() == null ? function.slug() : bundle.name(),
                DeployedFunction.ACTIVE,
                bundle.version(),
                verifyJwt(),
                bundle.importMap(),
                bundle.entrypointPath(),
                bundle.importMapPath(),
                bundle.ezbrSha256(),
                bundle.createdAt());
    }

    FunctionOutcome outcome(int version) {
        return new FunctionOutcome(
                function.slug(), version, change(), function.files().size(), function.bytes(), durationMillis);
    }

    /**
     * The platform reports paths in a folder of its own whose name holds the version
     * ({@code file:///tmp/user_fn_<ref>_<id>_<version>/source/…}), so that they differ for equal bundles.
     */
    private static String source(String path) {
        return path == null ? "" : path.replaceFirst("^file:///tmp/user_fn_[^/]*/(source/)?", "");
    }
}
