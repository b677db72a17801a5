package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionBundles;
import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.function.FunctionDeployer;
import io.jenkins.plugins.supabase.core.function.FunctionDeployment;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.function.FunctionPlan;
import io.jenkins.plugins.supabase.core.function.FunctionSnapshot;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.List;

/** All edge functions at once. They are bundled before anything is changed, so that a refusal of one changes nothing. */
final class FunctionPart implements Part {
    private final ManagementClient client;
    private final Progress progress;
    private final FunctionDeployer deployer;
    private final FunctionPlan plan;
    private final FunctionSwitch way;
    private FunctionSnapshot before;
    private FunctionBundles bundles;
    private FunctionDeployment deployment;

    FunctionPart(ManagementClient client, FunctionPlan plan, FunctionSwitch way, Progress progress) {
        this.client = client;
        this.progress = progress;
        this.deployer = new FunctionDeployer(client, progress);
        this.plan = plan;
        this.way = way;
    }

    @Override
    public String kind() {
        return "functions";
    }

    @Override
    public boolean hasWork() {
        return plan.changes().stream().anyMatch(change -> !change.stays());
    }

    @Override
    public void prepare(Steps steps) throws InterruptedException {
        if (hasWork()) {
            steps.run("bundle", "", () -> {
                bundles = deployer.bundle(plan);
                return "all functions accepted";
            });
        }
    }

    @Override
    public void snapshot(Journal journal) throws InterruptedException {
        if (hasWork()) {
            journal.saveSnapshot(FunctionUndo.KIND, FunctionUndo.KIND, before().toBytes());
        }
    }

    @Override
    public void apply(Steps steps) throws InterruptedException {
        steps.run(kind(), "", () -> {
            deployment = way.bring(bundles, before());
            List<String> removed = deployer.prune(plan);
            if (!way.cleansUp(bundles)) {
                deployer.cleanUp(plan);
            }
            int brought = (int) deployment.outcomes().stream()
                    .filter(outcome -> outcome.change() != FunctionOutcome.Change.UNCHANGED)
                    .count();
            return Count.of(brought, "edge function") + " " + way.done()
                    + (removed.isEmpty() ? "" : ", removed: " + String.join(", ", removed));
        });
    }

    /** Taken anew where a deployment is resumed: what the earlier attempt kept is for the way back. */
    private FunctionSnapshot before() throws InterruptedException {
        if (before == null) {
            before = FunctionSnapshot.take(client, bundles, progress);
        }
        return before;
    }

    /** @return null before they were activated */
    FunctionDeployment deployment() {
        return deployment;
    }

    /** @return one a function of the release; none of what should change before it was activated */
    List<FunctionOutcome> outcomes() {
        return deployment != null
                ? deployment.outcomes()
                : unchanged(plan.changes());
    }

    /** @return outcomes of those that stay as they are */
    static List<FunctionOutcome> unchanged(List<FunctionChange> changes) {
        return changes.stream()
                .filter(change -> change.kind() == FunctionChange.Kind.UNCHANGED)
                .map(change -> new FunctionOutcome(
                        change.slug(),
                        change.liveVersion(),
                        FunctionOutcome.Change.UNCHANGED,
                        change.files(),
                        change.bytes(),
                        0))
                .toList();
    }
}
