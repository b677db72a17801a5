package io.jenkins.plugins.supabase.core.overview;

import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a promotion from one environment to another would change, as far as the two ledgers tell. A plan looks at the
 * environments themselves and says more.
 *
 * @param sameRelease whether both run the same bundle
 * @param migrations  files of the source's release that the target's release does not have: pending there
 * @param missing     files of the target's release that the source's does not have
 * @param differences by kind, then by name
 */
public record EnvironmentComparison(
        RunningState from,
        RunningState to,
        boolean sameRelease,
        List<String> migrations,
        List<String> missing,
        List<Difference> differences) {
    /** What is compared. */
    public enum Kind {
        FUNCTION,
        CONFIG,
        SECRET,
        BUCKET,
        SCHEMA
    }

    /** How the target would change to be like the source. */
    public enum Change {
        ADDED,
        CHANGED,
        REMOVED
    }

    public record Difference(Kind kind, String name, Change change) {}

    /** @param to null where nothing runs yet: everything would be new */
    public static EnvironmentComparison of(RunningState from, RunningState to) {
        List<String> there = to == null ? List.of() : to.migrations();
        EnvironmentState target = to == null ? EnvironmentState.EMPTY : to.state();
        List<Difference> differences = new ArrayList<>();
        add(differences, Kind.FUNCTION, functions(from.state()), functions(target));
        add(differences, Kind.CONFIG, from.state().config(), target.config());
        add(differences, Kind.SECRET, secrets(from.state()), secrets(target));
        add(differences, Kind.BUCKET, from.state().buckets(), target.buckets());
        add(differences, Kind.SCHEMA, from.state().schema(), target.schema());
        return new EnvironmentComparison(
                from,
                to,
                to != null && from.deployment().releaseDigest().equals(to.deployment().releaseDigest()),
                without(from.migrations(), there),
                without(there, from.migrations()),
                differences);
    }

    /** @return of one kind */
    public List<Difference> differences(Kind kind) {
        return differences.stream().filter(difference -> difference.kind() == kind).toList();
    }

    private static List<String> without(List<String> names, List<String> known) {
        Set<String> there = Set.copyOf(known);
        return names.stream().filter(name -> !there.contains(name)).toList();
    }

    private static Map<String, String> functions(EnvironmentState state) {
        return byName(state.functions(), RecordedFunction::slug, RecordedFunction::sourceDigest);
    }

    /** Values are known to no ledger, and credentials have other names in each environment: only whether there is one. */
    private static Map<String, String> secrets(EnvironmentState state) {
        return byName(state.secrets(), RecordedSecret::name, secret -> "");
    }

    private static <T> Map<String, String> byName(
            List<T> things, Function<T, String> name, Function<T, String> fingerprint) {
        return things.stream()
                .collect(Collectors.toMap(
                        name, thing -> Objects.toString(fingerprint.apply(thing), ""), (a, b) -> b, TreeMap::new));
    }

    private static void add(List<Difference> differences, Kind kind, Map<String, ?> from, Map<String, ?> to) {
        Set<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        for (String name : names) {
            if (!to.containsKey(name)) {
                differences.add(new Difference(kind, name, Change.ADDED));
            } else if (!from.containsKey(name)) {
                differences.add(new Difference(kind, name, Change.REMOVED));
            } else if (!Objects.equals(from.get(name), to.get(name))) {
                differences.add(new Difference(kind, name, Change.CHANGED));
            }
        }
    }
}
