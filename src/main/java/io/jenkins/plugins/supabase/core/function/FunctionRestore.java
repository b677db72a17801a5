package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.function.RestoreStep.Action;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts edge functions back as a snapshot says that they ran: from the release that deployed them where its bundle still
 * exists, else from the sources in the snapshot. They are bundled again and activated in one call; functions that did
 * not exist are deleted afterwards. Running it again after any failure finishes the job.
 */
public final class FunctionRestore {
    private final FunctionSnapshot snapshot;
    private final Map<String, EdgeFunction> release;
    private final Map<String, RecordedFunction> recorded;
    private final Map<String, DeployedFunction> live;
    private final List<RestoreStep> steps;

    private FunctionRestore(
            FunctionSnapshot snapshot,
            Map<String, EdgeFunction> release,
            Map<String, RecordedFunction> recorded,
            Map<String, DeployedFunction> live) {
        this.snapshot = snapshot;
        this.release = release;
        this.recorded = recorded;
        this.live = live;
        this.steps = computeSteps();
    }

    /**
     * Calls nothing.
     *
     * @param snapshot taken before the deployment that is taken back
     * @param release  the functions of the release that ran before it; empty where its bundle is gone
     * @param recorded what the deployment of that release left; of a function that was changed by other ways since, the
     *                 snapshot's sources are used
     * @param live     what the Management API lists now
     */
    public static FunctionRestore plan(
            FunctionSnapshot snapshot,
            Collection<EdgeFunction> release,
            Collection<RecordedFunction> recorded,
            Collection<DeployedFunction> live) {
        return new FunctionRestore(
                snapshot,
                index(release, EdgeFunction::slug),
                index(recorded, RecordedFunction::slug),
                index(
                        live.stream()
                                .filter(function -> !DeployedFunction.REMOVED.equals(function.status()))
                                .toList(),
                        DeployedFunction::slug));
    }

    private static <T> Map<String, T> index(Collection<T> items, Function<T, String> slug) {
        return items.stream().collect(Collectors.toMap(slug, Function.identity()));
    }

    /** @return one a function that the deployment touched, sorted by slug */
    public List<RestoreStep> steps() {
        return steps;
    }

    private List<RestoreStep> computeSteps() {
        List<RestoreStep> all = new ArrayList<>();
        snapshot.kept().forEach(function -> all.add(step(function)));
        snapshot.created().forEach(slug -> all.add(new RestoreStep(
                slug,
                live.containsKey(slug) ? Action.DELETE : Action.NOTHING,
                live.containsKey(slug) ? "it did not exist before" : "it does not exist")));
        all.sort(Comparator.comparing(RestoreStep::slug));
        return List.copyOf(all);
    }

    private RestoreStep step(KeptFunction kept) {
        if (runs(kept.metadata())) {
            return new RestoreStep(kept.slug(), Action.NOTHING, "it runs as it did");
        }
        if (inRelease(kept)) {
            return new RestoreStep(kept.slug(), Action.RESTORE, "from the release that ran before");
        }
        return kept.sources() == null
                ? new RestoreStep(kept.slug(), Action.IMPOSSIBLE, "because " + kept.missing())
                : new RestoreStep(kept.slug(), Action.RESTORE, "from the sources that ran before");
    }

    private boolean runs(DeployedFunction before) {
        DeployedFunction now = live.get(before.slug());
        return now != null
                && Objects.equals(before.status(), now.status())
                && Objects.equals(before.verifyJwt(), now.verifyJwt())
                && (before.ezbrSha256() != null
                        ? before.ezbrSha256().equals(now.ezbrSha256())
                        : before.version() == now.version());
    }

    /** Without a record nobody knows whether the release is what ran: it serves where there are no sources. */
    private boolean inRelease(KeptFunction kept) {
        EdgeFunction function = release.get(kept.slug());
        RecordedFunction record = recorded.get(kept.slug());
        if (function == null) {
            return false;
        }
        return record == null
                ? kept.sources() == null
                : record.sameBundle(kept.metadata())
                        && record.sourceDigest().equals(RecordedFunction.digest(function));
    }

    /** @return a sentence each for what cannot be restored */
    public List<String> warnings() {
        return steps.stream()
                .filter(step -> step.action() == Action.IMPOSSIBLE)
                .map(step -> "The edge function %s cannot be restored, %s: it stays as the deployment left it."
                        .formatted(step.slug(), step.detail()))
                .toList();
    }

    /** @return what runs of the release before, for the ledger, where nothing is left to be restored */
    public List<RecordedFunction> record() {
        return record(List.of(), live);
    }

    /** @param scratch an empty folder for sources, which the caller deletes */
    public FunctionRestoration run(ManagementClient client, Progress progress, Path scratch)
            throws InterruptedException {
        return run(client, progress, scratch, FunctionDeployer.SETTLING);
    }

    FunctionRestoration run(ManagementClient client, Progress progress, Path scratch, Duration settling)
            throws InterruptedException {
        warnings().forEach(progress::line);
        List<EdgeFunction> wanted = wanted(scratch);
        Map<String, DeployedFunction> now = new HashMap<>(live);
        if (!wanted.isEmpty()) {
            progress.line("Restoring %s.".formatted(Count.of(wanted.size(), "edge function")));
            List<BundledFunction> changed = new Bundling(client, live, progress)
                    .bundle(wanted).stream().filter(bundle -> bundle.change() != Change.UNCHANGED).toList();
            if (!changed.isEmpty()) {
                now = new Activation(client, settling).activate(changed);
            }
        }
        List<String> deleted = slugs(Action.DELETE);
        new FunctionRemoval(client, progress).remove(deleted);
        List<String> notes = new ArrayList<>(warnings());
        notes.addAll(otherBundles(wanted, now));
        return new FunctionRestoration(record(wanted, now), deleted, notes);
    }

    private List<EdgeFunction> wanted(Path scratch) {
        List<EdgeFunction> wanted = new ArrayList<>();
        for (String slug : slugs(Action.RESTORE)) {
            KeptFunction kept = snapshot.find(slug).orElseThrow();
            EdgeFunction function =
                    inRelease(kept) ? release.get(slug) : kept.unpack(slug, scratch.resolve(slug));
            wanted.add(function.withVerifyJwt(kept.metadata().verifyJwt()));
        }
        return wanted;
    }

    private List<String> slugs(Action action) {
        return steps.stream().filter(step -> step.action() == action).map(RestoreStep::slug).toList();
    }

    /** The platform may bundle the same sources in another way than before, a newer version of a package for one. */
    private List<String> otherBundles(List<EdgeFunction> wanted, Map<String, DeployedFunction> now) {
        return wanted.stream()
                .map(EdgeFunction::slug)
                .filter(slug -> {
                    String before = snapshot.find(slug).orElseThrow().metadata().ezbrSha256();
                    String after = now.get(slug).ezbrSha256();
                    return before != null && after != null && !before.equals(after);
                })
                .map(slug -> ("The edge function %s runs again from its sources, but the platform's bundle of them is "
                                + "not byte for byte the one before.")
                        .formatted(slug))
                .toList();
    }

    /** What the deployment did not touch is as it was recorded; what cannot be restored is unknown from now on. */
    private List<RecordedFunction> record(List<EdgeFunction> wanted, Map<String, DeployedFunction> now) {
        Map<String, RecordedFunction> record = new TreeMap<>(recorded);
        for (RestoreStep step : steps) {
            RecordedFunction before = record.remove(step.slug());
            boolean same = step.action() == Action.NOTHING
                    && before != null
                    && snapshot.find(step.slug())
                            .filter(kept -> before.sameBundle(kept.metadata()))
                            .isPresent();
            if (same) {
                // An earlier attempt may have restored it, under a new version.
                record.put(step.slug(), RecordedFunction.of(before.sourceDigest(), now.get(step.slug())));
            }
        }
        wanted.forEach(function -> record.put(
                function.slug(),
                RecordedFunction.of(RecordedFunction.digest(function), now.get(function.slug()))));
        return List.copyOf(record.values());
    }
}
