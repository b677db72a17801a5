package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A project's edge functions: what has been bundled, what is live, and what shall go wrong with them. */
public final class StandInFunctions {
    private final String ref;
    private final Map<String, StandInFunction> live = new TreeMap<>();
    private final Map<String, FunctionBundle> liveSources = new HashMap<>();
    private final Map<String, Bundled> bundled = new HashMap<>();
    private final Map<String, String> rejections = new HashMap<>();
    private final Map<String, Integer> lostActivations = new HashMap<>();
    private final Set<String> bootErrors = new HashSet<>();
    private final Set<String> archives = new HashSet<>();

    private record Bundled(StandInFunction function, FunctionBundle source) {}

    StandInFunctions(String ref) {
        this.ref = ref;
    }

    /** @return the live functions, sorted by slug */
    public synchronized List<StandInFunction> live() {
        return List.copyOf(live.values());
    }

    public synchronized Optional<StandInFunction> live(String slug) {
        return Optional.ofNullable(live.get(slug));
    }

    /** @return names of the files that the live version was deployed from, sorted */
    public synchronized List<String> liveFiles(String slug) {
        FunctionBundle source = liveSources.get(slug);
        return source == null ? List.of() : List.copyOf(source.files().keySet());
    }

    /** @return how many bundles were accepted and wait for the bulk update that makes them live */
    public synchronized int bundledCount() {
        return bundled.size();
    }

    /** Bundles of this function are answered with 400 and this message until {@link #acceptBundle}. */
    public synchronized void rejectBundle(String slug, String message) {
        rejections.put(slug, message);
    }

    public synchronized void acceptBundle(String slug) {
        rejections.remove(slug);
    }

    /** As if an old CLI had bundled the function: its sources are not given back, whatever form is asked for. */
    public synchronized void archiveOnly(String slug) {
        archives.add(slug);
    }

    synchronized boolean isArchiveOnly(String slug) {
        return archives.contains(slug);
    }

    /** From now on the function is listed with this status: ACTIVE, REMOVED or THROTTLED. */
    public synchronized void status(String slug, String status) {
        live.put(slug, required(slug).withStatus(status));
    }

    /** The next activations of this function are answered as done, but the version before stays live. */
    public synchronized void loseActivation(String slug, int times) {
        lostActivations.put(slug, times);
    }

    /** Whether calls of the function answer 503 because it does not start. */
    public synchronized void bootError(String slug, boolean broken) {
        if (broken) {
            bootErrors.add(slug);
        } else {
            bootErrors.remove(slug);
        }
    }

    synchronized boolean hasBootError(String slug) {
        return bootErrors.contains(slug);
    }

    synchronized Optional<FunctionBundle> liveSource(String slug) {
        return Optional.ofNullable(liveSources.get(slug));
    }

    synchronized StandInFunction deploy(String slug, FunctionBundle source, boolean bundleOnly) {
        String rejection = rejections.get(slug);
        if (rejection != null) {
            throw new Refusal(400, rejection);
        }
        BundleCheck.check(source);
        int version = live(slug).map(StandInFunction::version).orElse(0) + 1;
        StandInFunction function = StandInFunction.bundled(ref, slug, source, live.get(slug), version);
        if (bundleOnly) {
            bundled.put(slug, new Bundled(function, source));
        } else {
            goLive(function, source);
        }
        return function;
    }

    /** Either every item is accepted or none. */
    synchronized List<StandInFunction> activate(JsonNode items) {
        List<Bundled> accepted = new ArrayList<>();
        for (JsonNode item : items) {
            accepted.add(find(item));
        }
        List<StandInFunction> answers = new ArrayList<>();
        for (Bundled item : accepted) {
            if (!isLost(item.function().slug())) {
                goLive(item.function(), item.source());
            }
            answers.add(item.function());
        }
        return answers;
    }

    synchronized StandInFunction patch(String slug, String name, Boolean verifyJwt) {
        StandInFunction patched = required(slug).patched(name, verifyJwt);
        live.put(slug, patched);
        return patched;
    }

    synchronized void delete(String slug) {
        required(slug);
        live.remove(slug);
        liveSources.remove(slug);
    }

    synchronized StandInFunction required(String slug) {
        return live(slug).orElseThrow(() -> new Refusal(404, "Function not found"));
    }

    private Bundled find(JsonNode item) {
        String slug = item.path("slug").asText();
        String digest = item.path("ezbr_sha256").asText("");
        Bundled candidate = bundled.get(slug);
        if (candidate == null && live.containsKey(slug)) {
            candidate = new Bundled(live.get(slug), liveSources.get(slug));
        }
        if (candidate == null || !digest.isEmpty() && !digest.equals(candidate.function().ezbrSha256())) {
            throw new Refusal(400, "No bundle of function " + slug + " with this ezbr_sha256 has been uploaded");
        }
        return new Bundled(candidate.function().activated(item), candidate.source());
    }

    private boolean isLost(String slug) {
        int left = lostActivations.getOrDefault(slug, 0);
        lostActivations.put(slug, Math.max(0, left - 1));
        return left > 0;
    }

    private void goLive(StandInFunction function, FunctionBundle source) {
        archives.remove(function.slug());
        live.put(function.slug(), function);
        liveSources.put(function.slug(), source);
        bundled.remove(function.slug());
    }
}
