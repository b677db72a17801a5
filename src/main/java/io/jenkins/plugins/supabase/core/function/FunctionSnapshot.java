package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionChange.Kind;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Edge functions as they ran before a deployment replaced or removed them, for {@link FunctionRestore}. Source files
 * are what the platform gives back; of a function that it only has as an archive, nothing can be made again.
 */
public final class FunctionSnapshot {
    private final List<KeptFunction> kept;
    private final List<String> created;

    FunctionSnapshot(List<KeptFunction> kept, List<String> created) {
        this.kept = List.copyOf(kept);
        this.created = List.copyOf(created);
    }

    /**
     * Downloads what the plan would replace or remove; changes nothing. Where nothing would be, it calls nothing.
     *
     * @param progress is told what cannot be restored, and why
     */
    public static FunctionSnapshot take(ManagementClient client, FunctionPlan plan, Progress progress)
            throws InterruptedException {
        return take(client, plan, Optional.empty(), progress);
    }

    /** The same for what differs from what runs now that it is bundled, and for what is to be removed. */
    public static FunctionSnapshot take(ManagementClient client, FunctionBundles bundles, Progress progress)
            throws InterruptedException {
        return take(
                client,
                bundles.plan(),
                Optional.of(bundles.changed().stream().map(BundledFunction::slug).toList()),
                progress);
    }

    private static FunctionSnapshot take(
            ManagementClient client, FunctionPlan plan, Optional<List<String>> changed, Progress progress)
            throws InterruptedException {
        List<DeployedFunction> replaced = new ArrayList<>();
        List<String> created = new ArrayList<>();
        for (FunctionChange change : plan.changes()) {
            boolean touched = change.kind() == Kind.REMOVE
                    || (change.kind() == Kind.CHANGED
                            && changed.map(slugs -> slugs.contains(change.slug())).orElse(true));
            if (touched) {
                replaced.add(plan.live().get(change.slug()));
            } else if (change.kind() == Kind.NEW) {
                created.add(change.slug());
            }
        }
        FunctionSnapshot snapshot = new FunctionSnapshot(new Downloads(client).keep(replaced), created);
        if (!replaced.isEmpty()) {
            progress.line("Kept %s for a rollback."
                    .formatted(Count.of(replaced.size() - snapshot.notRestorable().size(), "edge function")));
        }
        snapshot.warnings().forEach(progress::line);
        return snapshot;
    }

    /** Downloads all functions of a project; what cannot be kept is in {@link #warnings}. */
    public static FunctionSnapshot all(ManagementClient client) throws InterruptedException {
        return new FunctionSnapshot(new Downloads(client).keep(client.functions()), List.of());
    }

    /** @return the snapshot of bytes that {@link #toBytes} made */
    public static FunctionSnapshot of(byte[] bytes) {
        return SnapshotArchive.read(bytes);
    }

    /** @return what leads back to before the first of several deployments, given in their order */
    public static FunctionSnapshot merge(List<FunctionSnapshot> oldestFirst) {
        Map<String, KeptFunction> kept = new TreeMap<>();
        Set<String> created = new TreeSet<>();
        for (FunctionSnapshot snapshot : oldestFirst) {
            snapshot.kept.stream()
                    .filter(function -> !created.contains(function.slug()))
                    .forEach(function -> kept.putIfAbsent(function.slug(), function));
            snapshot.created.stream().filter(slug -> !kept.containsKey(slug)).forEach(created::add);
        }
        return new FunctionSnapshot(List.copyOf(kept.values()), List.copyOf(created));
    }

    /** @return a compressed form to store, which {@code unzip} reads too */
    public byte[] toBytes() {
        return SnapshotArchive.write(this);
    }

    /** @return slugs of functions that did not exist: a rollback deletes them */
    public List<String> created() {
        return created;
    }

    /** @return why it cannot be made again, by slug, as it reads after "because" */
    public Map<String, String> notRestorable() {
        Map<String, String> reasons = new TreeMap<>();
        kept.stream()
                .filter(function -> function.sources() == null)
                .forEach(function -> reasons.put(function.slug(), function.missing()));
        return reasons;
    }

    /** @return a sentence for each function that cannot be made again */
    public List<String> warnings() {
        return notRestorable().entrySet().stream()
                .map(entry -> "The edge function %s cannot be restored from a snapshot, because %s."
                        .formatted(entry.getKey(), entry.getValue()))
                .toList();
    }

    List<KeptFunction> kept() {
        return kept;
    }

    Optional<KeptFunction> find(String slug) {
        return kept.stream().filter(function -> function.slug().equals(slug)).findFirst();
    }
}
