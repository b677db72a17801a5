package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a deployment made of its environment: what a later plan compares with. Holds fingerprints, never values.
 *
 * @param functions by slug
 * @param config    a fingerprint by key, dotted as in {@code config.toml}
 * @param secrets   by name
 * @param buckets   settings by bucket
 * @param schema    a digest by object of the database's catalogue
 */
public record EnvironmentState(
        List<RecordedFunction> functions,
        SortedMap<String, String> config,
        List<RecordedSecret> secrets,
        SortedMap<String, SortedMap<String, String>> buckets,
        SortedMap<String, String> schema) {
    public static final EnvironmentState EMPTY =
            new EnvironmentState(List.of(), new TreeMap<>(), List.of(), new TreeMap<>(), new TreeMap<>());

    public EnvironmentState {
        functions = functions.stream().sorted(Comparator.comparing(RecordedFunction::slug)).toList();
        config = new TreeMap<>(config);
        secrets = secrets.stream().sorted(Comparator.comparing(RecordedSecret::name)).toList();
        buckets = new TreeMap<>(buckets);
        schema = new TreeMap<>(schema);
    }

    /** For maps in any order. */
    public static EnvironmentState of(
            List<RecordedFunction> functions,
            Map<String, String> config,
            List<RecordedSecret> secrets,
            Map<String, ? extends Map<String, String>> buckets,
            Map<String, String> schema) {
        SortedMap<String, SortedMap<String, String>> sorted = new TreeMap<>();
        buckets.forEach((bucket, settings) -> sorted.put(bucket, new TreeMap<>(settings)));
        return new EnvironmentState(functions, new TreeMap<>(config), secrets, sorted, new TreeMap<>(schema));
    }
}
