package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Activates bundles in one call and makes sure that they run: a call that succeeded is no proof (supabase/cli issue
 * 6247 tells of a deployment that ended well while 138 of 237 functions were missing).
 */
final class Activation {
    private final ManagementClient client;
    private final Duration settling;

    /** @param settling how long the list of functions may lag behind the bulk update */
    Activation(ManagementClient client, Duration settling) {
        this.client = client;
        this.settling = settling;
    }

    /**
     * @param bundles at least one
     * @return all that runs afterwards, by slug
     */
    Map<String, DeployedFunction> activate(List<BundledFunction> bundles) throws InterruptedException {
        try {
            client.activateFunctions(bundles.stream().map(BundledFunction::activation).toList());
        } catch (ManagementException e) {
            if (e.status() >= 400 && e.status() < 500) {
                throw new DeliveryException(
                        e.getMessage() + " No edge function was activated: those that ran before still run.", e);
            }
            throw e;
        }
        return verify(bundles);
    }

    static Map<String, DeployedFunction> live(ManagementClient client) throws InterruptedException {
        Map<String, DeployedFunction> bySlug = new HashMap<>();
        client.functions().forEach(function -> bySlug.put(function.slug(), function));
        return bySlug;
    }

    private Map<String, DeployedFunction> verify(List<BundledFunction> bundles) throws InterruptedException {
        long deadline = System.nanoTime() + settling.toNanos();
        long pauseMillis = 250;
        while (true) {
            Map<String, DeployedFunction> after = live(client);
            List<String> problems = new ArrayList<>();
            for (BundledFunction bundle : bundles) {
                String problem = problem(bundle, after.get(bundle.slug()));
                if (problem != null) {
                    problems.add("%s (%s)".formatted(bundle.slug(), problem));
                }
            }
            if (problems.isEmpty()) {
                return after;
            }
            if (System.nanoTime() + Duration.ofMillis(pauseMillis).toNanos() - deadline > 0) {
                throw notLive(problems, bundles.size());
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
                ("The platform accepted the activation of %s, but %d of them did not go live in the environment "
                                + "\"%s\": %s. The others are live. Deploy again: it activates what is missing.")
                        .formatted(
                                Count.of(activated, "edge function"),
                                problems.size(),
                                client.environment().name(),
                                String.join(", ", problems)));
    }
}
