package io.jenkins.plugins.supabase.core.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads {@code [storage.buckets.<name>]}. */
final class Buckets {
    private static final List<String> TABLE = List.of("storage", "buckets");
    private static final List<String> LIMIT = List.of("storage", "file_size_limit");

    private final Map<String, Map<String, TomlEntry>> tables = new TreeMap<>();
    private final VariableReader variables;
    private TomlEntry limit;

    Buckets(Collection<TomlEntry> entries, VariableReader variables) {
        this.variables = variables;
        for (TomlEntry entry : entries) {
            if (entry.isIn(TABLE)) {
                Map<String, TomlEntry> table = tables.computeIfAbsent(entry.path().get(2), none -> new TreeMap<>());
                if (entry.path().size() > TABLE.size() + 1) {
                    table.put(entry.path().get(TABLE.size() + 1), entry);
                }
            } else if (entry.path().equals(LIMIT)) {
                limit = entry;
            }
        }
    }

    List<DeclaredBucket> read() {
        List<DeclaredBucket> buckets = new ArrayList<>();
        tables.forEach((name, table) -> buckets.add(new DeclaredBucket(
                name,
                value(table.get("public"), "true or false", ValueType::flag),
                value(table.getOrDefault("file_size_limit", limit), "a size such as \"50MiB\"", Buckets::bytes),
                value(table.get("allowed_mime_types"), "a list of texts", ListTypes::texts))));
        return buckets;
    }

    private static Long bytes(Object value) {
        return value instanceof Long number ? number : Long.valueOf(Sizes.parse(ValueType.text(value)));
    }

    private <T> T value(TomlEntry entry, String expected, Function<Object, T> read) {
        if (entry == null) {
            return null;
        }
        Optional<Object> value = variables.resolve(entry).map(VariableReader.Resolved::value);
        try {
            return value.map(read).orElse(null);
        } catch (IllegalArgumentException e) {
            throw Declarations.wrong(entry.key(), entry, "must be " + expected, "Correct the file.");
        }
    }
}
