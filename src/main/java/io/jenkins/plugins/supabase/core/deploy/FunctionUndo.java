package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionRestore;
import io.jenkins.plugins.supabase.core.function.FunctionSnapshot;
import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.function.RestoreStep;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Puts back the edge functions that deployments replaced, removed or added. */
final class FunctionUndo implements Undo {
    static final String KIND = "functions";

    private final FunctionRestore restore;
    private final ManagementClient client;
    private final Progress progress;
    private final Path scratch;
    private List<RecordedFunction> record;

    private FunctionUndo(FunctionRestore restore, ManagementClient client, Progress progress, Path scratch) {
        this.restore = restore;
        this.client = client;
        this.progress = progress;
        this.scratch = scratch;
    }

    /**
     * @param release  functions of the release that ran before; empty where its bundle is gone
     * @param recorded what the ledger says of them
     * @param scratch  an empty folder, which the caller deletes
     * @return empty where no deployment changed any
     */
    static Optional<FunctionUndo> of(
            Snapshots snapshots,
            Collection<EdgeFunction> release,
            Collection<RecordedFunction> recorded,
            ManagementClient client,
            Progress progress,
            Path scratch)
            throws InterruptedException {
        List<FunctionSnapshot> kept = snapshots.of(KIND).stream()
                .map(contents -> FunctionSnapshot.of(contents.get(KIND)))
                .toList();
        if (kept.isEmpty()) {
            return Optional.empty();
        }
        FunctionRestore restore =
                FunctionRestore.plan(FunctionSnapshot.merge(kept), release, recorded, client.functions());
        return Optional.of(new FunctionUndo(restore, client, progress, scratch));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public List<String> changes() {
        return restore.steps().stream()
                .filter(step -> step.action() == RestoreStep.Action.RESTORE
                        || step.action() == RestoreStep.Action.DELETE)
                .map(step -> step.action() == RestoreStep.Action.DELETE
                        ? step.slug() + " is deleted, as " + step.detail()
                        : step.slug() + " " + step.detail())
                .toList();
    }

    @Override
    public List<String> remains() {
        return restore.warnings();
    }

    /** @return what runs now of the release before; null where it is not restored */
    List<RecordedFunction> record() {
        return record == null && changes().isEmpty() ? restore.record() : record;
    }

    @Override
    public String run() throws InterruptedException {
        record = restore.run(client, progress, scratch).record();
        return String.join(", ", changes());
    }
}
