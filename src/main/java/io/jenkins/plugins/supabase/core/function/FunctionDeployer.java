package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Brings a project's edge functions live, all of them or none: each is bundled without being activated, and only when
 * the platform has accepted every bundle does one bulk update activate them. (The Supabase CLI 3.1.0, recorded,
 * activates those that bundled although another failed.)
 *
 * <p>Functions that run in the project but are not in the folder stay as they are: the bulk update creates and replaces
 * only what it lists (see {@link ManagementClient#activateFunctions}). Whoever wants them gone calls {@link #prune}.
 *
 * <p>Deploying again after any failure or interruption finishes the job; what already runs is recognised by the SHA-256
 * of its bundle.
 */
public final class FunctionDeployer {
    static final Duration SETTLING = Duration.ofSeconds(10);

    private final ManagementClient client;
    private final Progress progress;
    private final Duration settling;

    public FunctionDeployer(ManagementClient client, Progress progress) {
        this(client, progress, SETTLING);
    }

    /** @param settling how long the list of functions may lag behind the bulk update */
    FunctionDeployer(ManagementClient client, Progress progress, Duration settling) {
        this.client = client;
        this.progress = progress;
        this.settling = settling;
    }

    /**
     * Has every function bundled that is not known to be unchanged; changes nothing of what runs.
     *
     * @throws DeliveryException naming each function that was refused
     */
    public FunctionBundles bundle(FunctionPlan plan) throws InterruptedException {
        List<EdgeFunction> functions = plan.toBundle();
        if (functions.isEmpty()) {
            return new FunctionBundles(plan, List.of());
        }
        progress.line("Bundling %s.".formatted(Count.of(functions.size(), "edge function")));
        return new FunctionBundles(plan, new Bundling(client, plan.live(), progress).bundle(functions));
    }

    /** The same for all functions, where nothing is recorded. Without functions it calls nothing. */
    public FunctionBundles bundle(List<EdgeFunction> functions) throws InterruptedException {
        return bundle(FunctionPlanner.plan(functions, functions.isEmpty() ? List.of() : client.functions()));
    }

    /**
     * Activates in one call what differs from what runs, and makes sure that it runs. Nothing is called where nothing
     * differs.
     *
     * @throws DeliveryException saying that none was activated, or which of them do not run
     */
    public FunctionDeployment activate(FunctionBundles bundles) throws InterruptedException {
        List<BundledFunction> changed = bundles.changed();
        int all = bundles.plan().functions().size();
        if (changed.isEmpty()) {
            if (all > 0) {
                progress.line("%s unchanged.".formatted(Count.of(all, "edge function")));
            }
            return bundles.deployment(Map.of());
        }
        progress.line("Activating %s.".formatted(Count.of(changed.size(), "edge function")));
        Map<String, DeployedFunction> after = new Activation(client, settling).activate(changed);
        progress.line("%s live: %s."
                .formatted(
                        Count.of(changed.size(), "edge function"),
                        changed.stream().map(BundledFunction::slug).collect(Collectors.joining(", "))));
        return bundles.deployment(after);
    }

    /**
     * Deletes what the plan says is to be removed: only after the activation, so that nothing is missing meanwhile.
     *
     * @return the slugs that were deleted or had gone already
     * @throws DeliveryException naming those that still run
     */
    public List<String> prune(FunctionPlan plan) throws InterruptedException {
        new FunctionRemoval(client, progress).remove(plan.toRemove());
        return plan.toRemove();
    }

    /** Deletes the shadows that an interrupted blue-green deployment left; one that stays is a warning only. */
    public void cleanUp(FunctionPlan plan) throws InterruptedException {
        new FunctionRemoval(client, progress).removeIfPossible(plan.leftBehind());
    }
}
