package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.management.ConfigSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table {@code config-keys.txt}: every key of {@code config.toml} and what it does in a hosted project. */
final class ConfigKeys {
    static final ConfigKeys ALL = new ConfigKeys();

    private static final int COLUMNS = 4;

    private final Map<String, ConfigKey> keys = new LinkedHashMap<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Map<String, String> removed = new LinkedHashMap<>();
    private final Set<String> literal = new HashSet<>();
    private final KnownNames names = new KnownNames();
    private final KnownNames local = new KnownNames();

    private ConfigKeys() {
        Map<String, List<String>> lists = new HashMap<>();
        for (String line : lines("config-keys.txt")) {
            String[] words = line.split("\\s+");
            if (words[0].startsWith("{") && !words[0].contains(".")) {
                lists.put(words[0], List.of(words).subList(1, words.length));
            } else {
                variants(line, lists).forEach(variant -> add(variant.split("\\s+")));
            }
        }
    }

    /** @return the lines of a table among the resources, without comments */
    static List<String> lines(String resource) {
        try (InputStream table = ConfigKeys.class.getResourceAsStream(resource)) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the line once for each word of the list whose name it contains */
    private static List<String> variants(String line, Map<String, List<String>> lists) {
        for (Map.Entry<String, List<String>> list : lists.entrySet()) {
            if (line.contains(list.getKey())) {
                List<String> variants = new ArrayList<>();
                list.getValue().forEach(word -> variants.add(line.replace(list.getKey(), word)));
                return variants;
            }
        }
        return List.of(line);
    }

    private void add(String[] words) {
        List<String> rest = List.of(words).subList(1, words.length);
        switch (words[0]) {
            case "renamed" -> renamed.put(rest.get(0), rest.get(1));
            case "removed" -> removed.put(rest.get(0), rest.get(1));
            case "literal" -> literal.addAll(rest);
            case "local" -> rest.stream().filter(name -> !keys.containsKey(name)).forEach(name -> {
                names.add(name);
                local.add(name);
            });
            case "migrations", "functions", "secrets", "buckets", "names" -> rest.forEach(names::add);
            default -> add(key(words));
        }
    }

    private void add(ConfigKey key) {
        keys.put(key.key(), key);
        names.add(key.key());
    }

    static ConfigKey key(String[] words) {
        Map<String, String> flags = new HashMap<>();
        for (String flag : List.of(words).subList(COLUMNS, words.length)) {
            String[] parts = flag.split("=", 2);
            flags.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        String with = flags.get("with");
        return new ConfigKey(
                words[0],
                ConfigSection.of(words[1]).orElseThrow(),
                words[2].equals("-") ? null : words[2],
                ValueType.of(words[3]),
                flags.containsKey("secret"),
                gate(flags.get("gate")),
                SecurityRule.of(flags.getOrDefault("weaker", "")),
                flags.containsKey("needed"),
                with == null ? List.of() : List.of(with.split(",")),
                flags.get("if"),
                flags.containsKey("restart"));
    }

    private static ConfigKey.Gate gate(String flag) {
        if (flag == null) {
            return ConfigKey.Gate.NONE;
        }
        return flag.equals("on") ? ConfigKey.Gate.OPEN : ConfigKey.Gate.CLOSED;
    }

    /** @return in the order of the table */
    Collection<ConfigKey> keys() {
        return Collections.unmodifiableCollection(keys.values());
    }

    Optional<ConfigKey> find(String key) {
        return Optional.ofNullable(keys.get(key));
    }

    /** Whether the key is known to do nothing in a hosted project. */
    boolean isLocal(List<String> path) {
        return local.contains(path);
    }

    boolean isKnown(List<String> path) {
        return names.contains(path);
    }

    /** Whether a literal value of it is a secret that anybody with the repository can read. */
    boolean isSecret(TomlEntry entry) {
        ConfigKey key = keys.get(entry.key());
        return key == null
                ? literal.stream().anyMatch(name -> entry.key().equals(name) || entry.key().startsWith(name + "."))
                : key.secret();
    }

    /** @return what a misspelt key may have been meant to be */
    Optional<String> nearest(List<String> path) {
        return names.nearest(path);
    }

    /** @return old names and what they are called since version 3 of the Supabase CLI */
    Map<String, String> renamed() {
        return Collections.unmodifiableMap(renamed);
    }

    /** @return tables and keys that are read no more, and what is read instead */
    Map<String, String> removed() {
        return Collections.unmodifiableMap(removed);
    }
}
