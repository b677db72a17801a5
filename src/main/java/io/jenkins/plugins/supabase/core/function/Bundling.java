package io.jenkins.plugins.supabase.core.function;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Has the platform bundle all functions, a few at a time, and collects every refusal instead of the first only. */
final class Bundling {
    private final ManagementClient client;
    private final Map<String, DeployedFunction> before;
    private final Progress progress;

    Bundling(ManagementClient client, Map<String, DeployedFunction> before, Progress progress) {
        this.client = client;
        this.before = before;
        this.progress = progress;
    }

    /**
     * @return the bundles in the order of the functions
     * @throws DeliveryException naming each function that was refused
     */
    List<BundledFunction> bundle(List<EdgeFunction> functions) throws InterruptedException {
        Result result = attempt(functions);
        if (!result.refusals().isEmpty()) {
            throw refused(result.refusals(), functions.size());
        }
        return result.bundles();
    }

    /**
     * @param bundles  in the order of the functions
     * @param refusals by slug
     */
    record Result(List<BundledFunction> bundles, Map<String, ManagementException> refusals) {}

    Result attempt(List<EdgeFunction> functions) throws InterruptedException {
        if (functions.isEmpty()) {
            return new Result(List.of(), Map.of());
        }
        ExecutorService executor = AtOnce.executor(functions.size());
        try {
            ExecutorCompletionService<Attempt> attempts = new ExecutorCompletionService<>(executor);
            functions.forEach(function -> attempts.submit(() -> attempt(function)));
            Map<String, BundledFunction> bundles = new LinkedHashMap<>();
            Map<String, ManagementException> refusals = new TreeMap<>();
            for (int done = 1; done <= functions.size(); done++) {
                Attempt attempt = attempts.take().get();
                progress.line("[%d/%d] %s".formatted(done, functions.size(), attempt.line()));
                if (attempt.refusal() == null) {
                    bundles.put(attempt.slug(), attempt.bundle());
                } else if (attempt.refusal().concernsOnlyThisCall()) {
                    refusals.put(attempt.slug(), attempt.refusal());
                } else {
                    throw hopeless(attempt.refusal());
                }
            }
            return new Result(
                    functions.stream()
                            .map(function -> bundles.get(function.slug()))
                            .filter(Objects::nonNull)
                            .toList(),
                    refusals);
        } catch (ExecutionException e) {
            throw AtOnce.unwrapped(e);
        } finally {
            AtOnce.end(executor);
        }
    }

    private record Attempt(String slug, BundledFunction bundle, ManagementException refusal) {
        String line() {
            if (refusal != null) {
                return "%s was refused: %s".formatted(slug, refusal.reason());
            }
            EdgeFunction function = bundle.function();
            return "%s bundled: %s, %s, %d ms, %s".formatted(
                    slug,
                    Count.of(function.files().size(), "file"),
                    size(function.bytes()),
                    bundle.durationMillis(),
                    bundle.change().name().toLowerCase(Locale.ROOT));
        }

        private static String size(long bytes) {
            return bytes < 10_000 ? bytes + " B" : Math.round(bytes / 1000.0) + " kB";
        }
    }

    /**
     * Where config.toml does not say, what the function has now is sent, as the Supabase CLI 3.1.0 does (recorded):
     * left out, the platform's default could close a function that was opened in the dashboard.
     */
    private EdgeFunction keepingVerifyJwt(EdgeFunction function) {
        DeployedFunction now = before.get(function.slug());
        return function.verifyJwt() != null || now == null ? function : function.withVerifyJwt(now.verifyJwt());
    }

    private Attempt attempt(EdgeFunction declared) throws InterruptedException {
        EdgeFunction function = keepingVerifyJwt(declared);
        long start = System.nanoTime();
        try {
            DeployedFunction bundle = client.bundleFunction(function);
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            return new Attempt(
                    function.slug(),
                    new BundledFunction(function, before.get(function.slug()), bundle, millis),
                    null);
        } catch (ManagementException e) {
            return new Attempt(function.slug(), null, e);
        }
    }

    /** Whatever function came next would fail in the same way. */
    private static DeliveryException hopeless(ManagementException cause) {
        return new DeliveryException(
                cause.getMessage() + " No edge function was activated: those that ran before still run.", cause);
    }

    private static DeliveryException refused(Map<String, ManagementException> refusals, int all) {
        List<String> reasons = new ArrayList<>();
        refusals.forEach((slug, refusal) -> reasons.add(slug + " (" + refusal.reason() + ")"));
        return new DeliveryException(
                ("%d of %s could not be bundled, so none was activated: %s. The edge functions that ran before still "
                                + "run. Correct what is wrong and deploy again.")
                        .formatted(
                                refusals.size(),
                                Count.of(all, "edge function"),
                                String.join(", ", reasons)));
    }
}
