package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.List;

/**
 * Brings a project's edge functions live, all of them or none. Bundling comes apart from activating, so that a
 * deployment finds out that a function is refused before it applies the first migration.
 */
public final class FunctionDeployer {
    public FunctionDeployer(ManagementClient client, Progress progress) {}

    /**
     * Has every function bundled; changes nothing of what runs.
     *
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException naming each function that was refused
     */
    public FunctionBundles bundle(List<EdgeFunction> functions) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /**
     * Activates in one call what differs from what runs, and makes sure that it runs.
     *
     * @return one outcome a function, in the order in which they were bundled
     */
    public List<FunctionOutcome> activate(FunctionBundles bundles) throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }
}
