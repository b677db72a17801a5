package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Brings a project's edge functions live, all of them or none: each is bundled without being activated, and only when
 * the platform has accepted every bundle does one bulk update activate them. (The Supabase CLI 3.1.0, recorded,
 * activates those that bundled although another failed.)
 *
 * <p>Functions that run in the project but are not in the folder stay as they are: the bulk update creates and replaces
 * only what it lists (see {@link ManagementClient#activateFunctions}).
 *
 * <p>Afterwards the functions are listed again, since a call that succeeded is no proof: supabase/cli issue 6247 tells
 * of a deployment that ended well while 138 of 237 functions were missing. Deploying again after any failure or
 * interruption finishes the job; what already runs is recognised by the SHA-256 of its bundle.
 */
public final class FunctionDeployer {
    private static final Duration SETTLING = Duration.ofSeconds(10);

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
     * Has every function bundled; changes nothing of what runs. Without functions it calls nothing.
     *
     * @throws DeliveryException naming each function that was refused
     */
    public FunctionBundles bundle(List<EdgeFunction> functions) throws InterruptedException {
        if (functions.isEmpty()) {
            return new FunctionBundles(List.of());
        }
        Map<String, DeployedFunction> before = live();
        progress.line("Bundling %s.".formatted(Count.of(functions.size(), "edge function")));
        return new FunctionBundles(new Bundling(client, before, progress).bundle(functions));
    }

    /**
     * Activates in one call what differs from what runs, and makes sure that it runs.
     *
     * @return one outcome a function, in the order in which they were bundled
     * @throws DeliveryException saying that none was activated, or which of them do not run
     */
    public List<FunctionOutcome> activate(FunctionBundles bundles) throws InterruptedException {
        List<BundledFunction> changed = bundles.changed();
        if (changed.isEmpty()) {
            if (!bundles.all().isEmpty()) {
                progress.line("%s unchanged.".formatted(Count.of(bundles.all().size(), "edge function")));
            }
            return outcomes(bundles, Map.of());
        }
        progress.line("Activating %s.".formatted(Count.of(changed.size(), "edge function")));
        activateAll(changed);
        Map<String, DeployedFunction> after = verify(changed);
        progress.line("%s live: %s."
                .formatted(
                        Count.of(changed.size(), "edge function"),
                        changed.stream().map(BundledFunction::slug).collect(Collectors.joining(", "))));
        return outcomes(bundles, after);
    }

    private Map<String, DeployedFunction> live() throws InterruptedException {
        Map<String, DeployedFunction> bySlug = new HashMap<>();
        client.functions().forEach(function -> bySlug.put(function.slug(), function));
        return bySlug;
    }

    private void activateAll(List<BundledFunction> changed) throws InterruptedException {
        try {
            client.activateFunctions(changed.stream().map(BundledFunction::activation).toList());
        } catch (ManagementException e) {
            if (e.status() >= 400 && e.status() < 500) {
                throw new DeliveryException(
                        e.getMessage() + " No edge function was activated: those that ran before still run.", e);
            }
            throw e;
        }
    }

    private Map<String, DeployedFunction> verify(List<BundledFunction> changed) throws InterruptedException {
        long deadline = System.nanoTime() + settling.toNanos();
        long pauseMillis = 250;
        while (true) {
            Map<String, DeployedFunction> after = live();
            List<String> problems = new ArrayList<>();
            for (BundledFunction bundle : changed) {
                String problem = problem(bundle, after.get(bundle.slug()));
                if (problem != null) {
                    problems.add("%s (%s)".formatted(bundle.slug(), problem));
                }
            }
            if (problems.isEmpty()) {
                return after;
            }
            if (System.nanoTime() + Duration.ofMillis(pauseMillis).toNanos() - deadline > 0) {
                throw notLive(problems, changed.size());
            }
            Thread.sleep(pauseMillis);
            pauseMillis *= 2;
        }
    }

    /** @return what is wrong with what runs now; null where it is what was activated */
    private static String problem(BundledFunction expected, DeployedFunction actual) {
        if (actual == null) {
            return "not listed";
        }
        if (!DeployedFunction.ACTIVE.equals(actual.status())) {
            return "its status is " + actual.status();
        }
        String digest = expected.bundle().ezbrSha256();
        boolean sameBundle = digest != null && actual.ezbrSha256() != null
                ? digest.equals(actual.ezbrSha256())
                : actual.version() >= expected.bundle().version();
        if (!sameBundle) {
            return "version %d runs instead of %d".formatted(actual.version(), expected.bundle().version());
        }
        return expected.function().verifyJwt() == null
                        || Objects.equals(expected.function().verifyJwt(), actual.verifyJwt())
                ? null
                : "verify_jwt is %s instead of %s".formatted(actual.verifyJwt(), expected.function().verifyJwt());
    }

    private DeliveryException notLive(List<String> problems, int activated) {
        return new DeliveryException(
                ("The platform accepted the activation of %s, but %d of them did not go live in the environment \"%s\": "
                                + "%s. The others are live. Deploy again: it activates what is missing.")
                        .formatted(
                                Count.of(activated, "edge function"),
                                problems.size(),
                                client.environment().name(),
                                String.join(", ", problems)));
    }

    private static List<FunctionOutcome> outcomes(FunctionBundles bundles, Map<String, DeployedFunction> after) {
        return bundles.all().stream()
                .map(bundle -> bundle.outcome(after.getOrDefault(bundle.slug(), bundle.expected()).version()))
                .toList();
    }
}
