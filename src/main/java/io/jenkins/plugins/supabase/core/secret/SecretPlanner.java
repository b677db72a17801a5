package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.secret.SecretChange.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the function secrets that a deployment asks for with those that exist, by digest and in memory. */
public final class SecretPlanner {
    private SecretPlanner() {}

    /**
     * Calls nothing.
     *
     * @param live     what the Management API lists
     * @param recorded what the last deployment left; empty where there was none
     * @param prune    whether secrets that nobody asks for are deleted; the platform's own never are
     * @throws DeliveryException that names every secret that cannot be set
     */
    public static SecretPlan plan(
            Collection<WantedSecret> wanted, List<StoredSecret> live, List<RecordedSecret> recorded, boolean prune) {
        SecretRules.check(wanted);
        Map<String, WantedSecret> byName = new TreeMap<>();
        wanted.forEach(secret -> byName.put(secret.name(), secret));
        Map<String, StoredSecret> existing = new TreeMap<>();
        live.stream()
                .filter(secret -> !SecretRules.isBuiltIn(secret.name()))
                .forEach(secret -> existing.put(secret.name(), secret));
        List<SecretChange> changes = new ArrayList<>();
        byName.values().forEach(secret -> changes.add(change(secret, existing.get(secret.name()))));
        existing.keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .forEach(name -> changes.add(new SecretChange(name, prune ? Kind.REMOVE : Kind.EXTRA, null)));
        changes.sort(Comparator.comparing(SecretChange::name));
        return new SecretPlan(changes, drift(recorded, existing), byName, existing);
    }

    static SecretChange change(WantedSecret wanted, StoredSecret live) {
        Kind kind = live == null
                ? Kind.NEW
                : SecretDigest.matches(wanted.value(), live) ? Kind.UNCHANGED : Kind.CHANGED;
        return new SecretChange(wanted.name(), kind, wanted.credentialsId());
    }

    private static List<SecretDrift> drift(List<RecordedSecret> recorded, Map<String, StoredSecret> live) {
        return recorded.stream()
                .sorted(Comparator.comparing(RecordedSecret::name))
                .flatMap(secret -> drift(secret, live.get(secret.name())).stream())
                .toList();
    }

    private static Optional<SecretDrift> drift(RecordedSecret recorded, StoredSecret now) {
        if (now == null) {
            return Optional.of(new SecretDrift(recorded.name(), "It was deleted since the last deployment."));
        }
        boolean known = recorded.updatedAt() != null && now.updatedAt() != null;
        return known && !recorded.updatedAt().equals(now.updatedAt())
                ? Optional.of(new SecretDrift(
                        recorded.name(),
                        "It was set by other ways on %s, after the last deployment.".formatted(now.updatedAt())))
                : Optional.empty();
    }
}
