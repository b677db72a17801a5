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
 * versions before as {@code <slug>--previous}, both in one bulk update.
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
     * Runs what differs under shadow slugs; what is called stays as it is. Where nothing differs it calls nothing.
     *
     * @throws DeliveryException after which no shadow is left, if it could be deleted
     */
    public StagedFunctions stage(FunctionBundles bundles) throws InterruptedException {
        List<BundledFunction> changed = bundles.changed();
        if (changed.isEmpty()) {
            return new StagedFunctions(bundles, bundles.plan().live());
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
            try {
                cleanUp(bundles.plan());
            } catch (DeliveryException shadowsStay) {
                progress.line("WARNING: " + shadowsStay.getMessage());
            }
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
    public FunctionDeployment switchOver(StagedFunctions staged, FunctionSnapshot before, Path scratch)
            throws InterruptedException {
        List<BundledFunction> changed = staged.changed();
        if (changed.isEmpty()) {
            return staged.bundles().deployment(Map.of());
        }
        Map<String, String> lost = new TreeMap<>();
        List<BundledFunction> previous = previous(staged, before, scratch, lost);
        List<BundledFunction> all = new ArrayList<>(changed);
        all.addAll(previous);
        progress.line("Switching %s.".formatted(Count.of(changed.size(), "edge function")));
        Map<String, DeployedFunction> after = activation().activate(all);
        progress.line("%s live: %s.".formatted(Count.of(changed.size(), "edge function"), slugs(changed)));
        lost.forEach((slug, reason) -> progress.line("The edge function %s has no %s beside it, because %s."
                .formatted(slug, ShadowSlug.previous(slug), reason)));
        Set<String> kept = previous.stream().map(BundledFunction::slug).collect(Collectors.toSet());
        new FunctionRemoval(client, progress)
                .removeIfPossible(obsolete(staged.bundles().plan(), kept, after.keySet()));
        return staged.bundles().deployment(after);
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
    private static Collection<String> obsolete(FunctionPlan plan, Set<String> kept, Set<String> live) {
        Set<String> ours = plan.functions().stream().map(EdgeFunction::slug).collect(Collectors.toSet());
        return live.stream()
                .filter(slug -> ShadowSlug.isShadow(slug) && !ours.contains(slug))
                .filter(slug -> !kept.contains(slug))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
