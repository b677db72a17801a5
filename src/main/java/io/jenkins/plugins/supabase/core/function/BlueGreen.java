package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Deploys edge functions beside those that run, so that they can be probed before anybody calls them:
 * {@link #stage} runs them as {@code <slug>--next}, {@link #switchOver} replaces the functions themselves and keeps the
 * versions before as {@code <slug>--previous}, both in one bulk update, and {@link #switchBack} returns to those.
 *
 * <p>Whatever interrupts it, the functions themselves are those before or those after, never some of each. Staging
 * again first deletes what an interrupted run has left.
 */
public final class BlueGreen {
    private final ManagementClient client;
    private final Progress progress;
    private final Duration settling;

    public BlueGreen(ManagementClient client, Progress progress) {
        this(client, progress, FunctionDeployer.SETTLING);
    }

    BlueGreen(ManagementClient client, Progress progress, Duration settling) {
        this.client = client;
        this.progress = progress;
        this.settling = settling;
    }

    /**
     * Runs what differs under shadow slugs; what is called stays as it is. Where nothing differs it calls nothing,
     * unless a run that was interrupted after it had switched left shadows behind.
     *
     * @throws DeliveryException after which no shadow is left, if it could be deleted
     */
    public StagedFunctions stage(FunctionBundles bundles) throws InterruptedException {
        List<BundledFunction> changed = bundles.changed();
        if (changed.isEmpty()) {
            FunctionPlan plan = bundles.plan();
            return new StagedFunctions(bundles, plan.leftBehind().isEmpty() ? plan.live() : cleanUp(plan));
        }
        ShadowSlug.check(bundles.plan());
        Map<String, DeployedFunction> live = cleanUp(bundles.plan());
        try {
            progress.line("Staging %s beside what runs.".formatted(Count.of(changed.size(), "edge function")));
            List<EdgeFunction> shadows = changed.stream()
                    .map(bundle -> bundle.function().withSlug(ShadowSlug.next(bundle.slug())))
                    .toList();
            activation().activate(new Bundling(client, live, progress).bundle(shadows));
        } catch (DeliveryException e) {
            quietly(() -> cleanUp(bundles.plan()));
            throw e;
        }
        return new StagedFunctions(bundles, live);
    }

    /**
     * Replaces the functions by what is staged, in one bulk update that also keeps their versions before, and deletes
     * the shadows.
     *
     * @param before  of the same plan: the sources of the versions before
     * @param scratch an empty folder for sources, which the caller deletes
     * @throws DeliveryException saying that none was switched, or which of them do not run
     */
    public BlueGreenDeployment switchOver(StagedFunctions staged, FunctionSnapshot before, Path scratch)
            throws InterruptedException {
        List<BundledFunction> changed = staged.changed();
        if (changed.isEmpty()) {
            return new BlueGreenDeployment(
                    staged.bundles().deployment(Map.of()), new BlueGreenSwitch(List.of(), List.of(), Map.of()));
        }
        Map<String, String> lost = new TreeMap<>();
        List<BundledFunction> previous = previous(staged, before, scratch, lost);
        List<BundledFunction> all = new ArrayList<>(changed);
        all.addAll(previous);
        progress.line("Switching %s.".formatted(Count.of(changed.size(), "edge function")));
        Map<String, DeployedFunction> after = activation().activate(all);
        progress.line("%s live: %s.".formatted(Count.of(changed.size(), "edge function"), slugs(changed)));
        BlueGreenSwitch wayBack = new BlueGreenSwitch(
                previous.stream().map(bundle -> ShadowSlug.base(bundle.slug())).sorted().toList(),
                changed.stream()
                        .filter(bundle -> bundle.change() == Change.NEW)
                        .map(BundledFunction::slug)
                        .sorted()
                        .toList(),
                lost);
        wayBack.warnings().forEach(progress::line);
        quietly(() -> new FunctionRemoval(client, progress)
                .remove(obsolete(staged.bundles().plan(), wayBack, after.keySet())));
        return new BlueGreenDeployment(staged.bundles().deployment(after), wayBack);
    }

    /** Deletes what was staged and is not to be switched to. What runs stays as it is. */
    public void abandon(StagedFunctions staged) throws InterruptedException {
        new FunctionRemoval(client, progress).remove(staged.shadows().values());
    }

    /**
     * Deletes what an interrupted run has left: every {@code --next}, and each {@code --previous} whose function is
     * gone. May be repeated.
     *
     * @param plan its functions stay, whatever they are called
     * @return what runs afterwards, by slug
     */
    public Map<String, DeployedFunction> cleanUp(FunctionPlan plan) throws InterruptedException {
        Map<String, DeployedFunction> live = Activation.live(client);
        Set<String> ours = plan.functions().stream().map(EdgeFunction::slug).collect(Collectors.toSet());
        Set<String> left = new TreeSet<>();
        for (String slug : live.keySet()) {
            boolean orphan = slug.endsWith(ShadowSlug.PREVIOUS) && !live.containsKey(ShadowSlug.base(slug));
            if (ShadowSlug.isShadow(slug) && !ours.contains(slug) && (slug.endsWith(ShadowSlug.NEXT) || orphan)) {
                left.add(slug);
            }
        }
        new FunctionRemoval(client, progress).remove(left);
        Map<String, DeployedFunction> after = new HashMap<>(live);
        after.keySet().removeAll(left);
        return after;
    }

    /**
     * Brings the versions before back: bundles them again from what runs as {@code --previous}, activates them in one
     * bulk update and deletes the functions that the deployment created. (The API documents no way to let one slug take
     * over another's bundle.) May be repeated: {@code --previous} stays until the next deployment.
     *
     * @param recorded what the deployment before left, for the record that is returned
     * @param scratch  an empty folder for sources, which the caller deletes
     */
    public FunctionRestoration switchBack(
            BlueGreenSwitch wayBack, Collection<RecordedFunction> recorded, Path scratch) throws InterruptedException {
        Map<String, DeployedFunction> live = Activation.live(client);
        List<String> notes = new ArrayList<>(wayBack.warnings());
        List<EdgeFunction> wanted = versionsBefore(wayBack, live, scratch, notes);
        notes.forEach(progress::line);
        List<BundledFunction> changed = new Bundling(client, live, progress)
                .bundle(wanted).stream().filter(bundle -> bundle.change() != Change.UNCHANGED).toList();
        Map<String, DeployedFunction> now = changed.isEmpty() ? live : activation().activate(changed);
        if (!changed.isEmpty()) {
            progress.line("%s as before: %s.".formatted(Count.of(changed.size(), "edge function"), slugs(changed)));
        }
        List<String> deleted = wayBack.created().stream().filter(now::containsKey).toList();
        new FunctionRemoval(client, progress).remove(deleted);
        Map<String, RecordedFunction> record = new TreeMap<>();
        recorded.forEach(function -> record.put(function.slug(), function));
        record.keySet().removeAll(wayBack.lost().keySet());
        record.keySet().removeAll(wayBack.replaced());
        wanted.forEach(function -> record.put(
                function.slug(),
                RecordedFunction.of(RecordedFunction.digest(function), now.get(function.slug()))));
        return new FunctionRestoration(List.copyOf(record.values()), deleted, notes);
    }

    private Activation activation() {
        return new Activation(client, settling);
    }

    private static String slugs(List<BundledFunction> bundles) {
        return bundles.stream().map(BundledFunction::slug).collect(Collectors.joining(", "));
    }

    /** What cannot be kept does not keep the deployment: the release before is a way back too. */
    private List<BundledFunction> previous(
            StagedFunctions staged, FunctionSnapshot before, Path scratch, Map<String, String> lost)
            throws InterruptedException {
        List<EdgeFunction> functions = new ArrayList<>();
        for (BundledFunction bundle : staged.changed()) {
            String slug = bundle.slug();
            if (bundle.change() == Change.NEW) {
                continue;
            }
            KeptFunction kept = before.find(slug).orElse(null);
            if (kept == null || kept.sources() == null) {
                lost.put(slug, kept == null ? "no snapshot of it was taken" : kept.missing());
            } else {
                functions.add(kept.unpack(ShadowSlug.previous(slug), scratch.resolve(ShadowSlug.previous(slug))));
            }
        }
        Bundling.Result result = new Bundling(client, staged.live(), progress).attempt(functions);
        result.refusals().forEach((slug, refusal) -> lost.put(
                ShadowSlug.base(slug), "the platform does not bundle it any more: " + refusal.reason()));
        return result.bundles();
    }

    /** Shadows of this run, and versions that are no longer the ones before. */
    private static Collection<String> obsolete(FunctionPlan plan, BlueGreenSwitch wayBack, Set<String> live) {
        Set<String> ours = plan.functions().stream().map(EdgeFunction::slug).collect(Collectors.toSet());
        return live.stream()
                .filter(slug -> ShadowSlug.isShadow(slug) && !ours.contains(slug))
                .filter(slug -> slug.endsWith(ShadowSlug.NEXT) || !wayBack.replaced().contains(ShadowSlug.base(slug)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<EdgeFunction> versionsBefore(
            BlueGreenSwitch wayBack, Map<String, DeployedFunction> live, Path scratch, List<String> notes)
            throws InterruptedException {
        List<DeployedFunction> previous = new ArrayList<>();
        for (String slug : wayBack.replaced()) {
            DeployedFunction runs = live.get(ShadowSlug.previous(slug));
            if (runs == null) {
                notes.add("The edge function %s stays as it is: %s is gone."
                        .formatted(slug, ShadowSlug.previous(slug)));
            } else {
                previous.add(runs);
            }
        }
        List<EdgeFunction> wanted = new ArrayList<>();
        for (KeptFunction kept : new Downloads(client).keep(previous)) {
            String slug = ShadowSlug.base(kept.slug());
            if (kept.sources() == null) {
                notes.add("The edge function %s stays as it is, because %s.".formatted(slug, kept.missing()));
            } else {
                wanted.add(kept.unpack(slug, scratch.resolve(slug)));
            }
        }
        return wanted;
    }

    private interface Deletion {
        void run() throws InterruptedException;
    }

    /** A shadow that stays is deleted by the next deployment, and is no reason to call this one failed. */
    private void quietly(Deletion deletion) throws InterruptedException {
        try {
            deletion.run();
        } catch (DeliveryException e) {
            progress.line("WARNING: " + e.getMessage());
        }
    }
}
