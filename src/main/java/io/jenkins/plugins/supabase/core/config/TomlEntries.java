package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/**
 * The values of {@code config.toml} as they count for one project: {@code [remotes.<name>]} merged in as the Supabase
 * CLI 3.1.0 does it. The remote whose {@code project_id} is the project's reference wins key by key; lists are replaced
 * as a whole; of an old and a new name in one scope the new one counts.
 */
final class TomlEntries {
    private static final Pattern PROJECT_REF = Pattern.compile("[a-z]{20}");
    private static final String REMOTES = "remotes";

    private final String file;
    private final Map<List<String>, TomlEntry> entries = new LinkedHashMap<>();
    private final Map<String, Map<List<String>, TomlEntry>> remotes = new LinkedHashMap<>();
    private String applied;

    /** @param file how messages call the file */
    TomlEntries(TomlTable toml, String file) {
        this.file = file;
        Map<List<String>, TomlEntry> all = new LinkedHashMap<>();
        flatten(toml, List.of(), all);
        for (TomlEntry entry : all.values()) {
            if (entry.path().get(0).equals(REMOTES) && entry.path().size() > 2) {
                List<String> inner = entry.path().subList(2, entry.path().size());
                remotes.computeIfAbsent(entry.path().get(1), missing -> new LinkedHashMap<>())
                        .put(inner, entry.at(inner));
            } else {
                entries.put(entry.path(), entry);
            }
        }
    }

    /** @return everything that the file declares, whatever the project; the keys of remotes without their prefix */
    Collection<TomlEntry> everything() {
        List<TomlEntry> all = new ArrayList<>(entries.values());
        remotes.values().forEach(remote -> all.addAll(remote.values()));
        return all;
    }

    /** @return the name of the remote that was merged in; null where none is the project's */
    String applied() {
        return applied;
    }

    /**
     * @param resolve what stands for {@code env(NAME)} in a project_id
     * @throws DeliveryException where two remotes are of the same project, or one of none, like the Supabase CLI
     */
    Collection<TomlEntry> forProject(String ref, Function<TomlEntry, String> resolve) {
        Map<String, String> owners = new LinkedHashMap<>();
        for (Map.Entry<String, Map<List<String>, TomlEntry>> remote : remotes.entrySet()) {
            String id = projectId(remote.getKey(), remote.getValue(), resolve);
            String other = owners.put(id, remote.getKey());
            if (other != null) {
                throw new DeliveryException(("%s: [remotes.%s] and [remotes.%s] have the same project_id %s, so it is "
                        + "not clear which of them counts. Nothing was changed. Give each project one remote.")
                        .formatted(file, other, remote.getKey(), id));
            }
        }
        Map<List<String>, TomlEntry> merged = withNewNames(entries);
        applied = owners.get(ref);
        if (applied != null) {
            withNewNames(remotes.get(applied)).values().forEach(entry -> overlay(merged, entry));
        }
        return merged.values();
    }

    private String projectId(
            String name, Map<List<String>, TomlEntry> remote, Function<TomlEntry, String> resolve) {
        TomlEntry entry = remote.get(List.of("project_id"));
        String id = entry == null ? "" : resolve.apply(entry);
        if (!PROJECT_REF.matcher(id).matches()) {
            throw new DeliveryException(("%s%s: remotes.%s.project_id must be the reference of a project, 20 "
                    + "lower-case letters. Nothing was changed. Correct the file.")
                    .formatted(file, entry == null ? "" : " line " + entry.line(), name));
        }
        return id;
    }

    /** A table gives way to a value and a value to a table, as in a merge of the trees. */
    private static void overlay(Map<List<String>, TomlEntry> merged, TomlEntry entry) {
        boolean emptyTable = entry.value() == null;
        if (emptyTable && merged.keySet().stream().anyMatch(path -> startsWith(path, entry.path()))) {
            return;
        }
        merged.keySet().removeIf(path -> startsWith(path, entry.path()) || startsWith(entry.path(), path));
        merged.put(entry.path(), entry);
    }

    private static boolean startsWith(List<String> path, List<String> prefix) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private static Map<List<String>, TomlEntry> withNewNames(Map<List<String>, TomlEntry> scope) {
        Map<List<String>, TomlEntry> renamed = new LinkedHashMap<>(scope);
        ConfigKeys.ALL.renamed().forEach((oldName, newName) -> {
            TomlEntry entry = renamed.remove(List.of(oldName.split("\\.")));
            if (entry != null) {
                List<String> path = List.of(newName.split("\\."));
                renamed.putIfAbsent(path, entry.at(path));
            }
        });
        return renamed;
    }

    private static void flatten(TomlTable table, List<String> path, Map<List<String>, TomlEntry> entries) {
        for (String word : table.keySet()) {
            List<String> inner = new ArrayList<>(path);
            inner.add(word);
            Object value = table.get(List.of(word));
            int line = table.inputPositionOf(List.of(word)).line();
            if (value instanceof TomlTable nested && !nested.isEmpty()) {
                flatten(nested, inner, entries);
            } else {
                entries.put(List.copyOf(inner), new TomlEntry(List.copyOf(inner), plain(value), line));
            }
        }
    }

    private static Object plain(Object value) {
        if (value instanceof TomlArray array) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < array.size(); i++) {
                list.add(plain(array.get(i)));
            }
            return list;
        }
        if (value instanceof TomlTable table) {
            return table.isEmpty() ? null : table.toMap();
        }
        boolean simple = value instanceof Boolean || value instanceof Long || value instanceof Double;
        return simple ? value : value.toString();
    }
}
