package io.jenkins.plugins.supabase.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What differs between two saved configurations, without values that could be secret or private: of switches, numbers and
 * credential ids also how.
 */
final class ConfigurationDifference {
    private static final Pattern PLAIN = Pattern.compile("true|false|-?[0-9]{1,18}");

    private ConfigurationDifference() {}

    /** What happened to one environment, or to what all of them share. */
    enum Change {
        ADDED,
        CHANGED,
        REMOVED
    }

    /**
     * A setting that differs.
     *
     * @param from null where it was not set, and where values are not told, like {@code to}
     */
    record Setting(String name, String from, String to) {}

    /**
     * Something that was changed.
     *
     * @param environment its name; null for what all environments share
     */
    record Changed(String environment, Change change, List<Setting> settings) {}

    /** @param before empty where none was known: then nothing differs */
    static List<Changed> of(byte[] before, byte[] after) throws IOException {
        List<Changed> changes = new ArrayList<>();
        if (before.length == 0) {
            return changes;
        }
        SavedConfiguration old = SavedConfiguration.read(new ByteArrayInputStream(before));
        SavedConfiguration now = SavedConfiguration.read(new ByteArrayInputStream(after));
        Set<String> names = new TreeSet<>(old.environments().keySet());
        names.addAll(now.environments().keySet());
        for (String name : names) {
            SortedMap<String, String> was = old.environments().get(name);
            SortedMap<String, String> is = now.environments().get(name);
            List<Setting> settings = settings(orEmpty(was), orEmpty(is));
            if (was == null || is == null) {
                changes.add(new Changed(name, was == null ? Change.ADDED : Change.REMOVED, List.of()));
            } else if (!settings.isEmpty()) {
                changes.add(new Changed(name, Change.CHANGED, settings));
            }
        }
        List<Setting> shared = settings(old.shared(), now.shared());
        if (!shared.isEmpty()) {
            changes.add(new Changed(null, Change.CHANGED, shared));
        }
        return changes;
    }

    private static SortedMap<String, String> orEmpty(SortedMap<String, String> settings) {
        return settings == null ? new TreeMap<>() : settings;
    }

    private static List<Setting> settings(Map<String, String> was, Map<String, String> is) {
        Set<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(was.get(name), is.get(name)))
                .map(name -> new Setting(name, told(name, was.get(name)), told(name, is.get(name))))
                .toList();
    }

    private static String told(String name, String value) {
        return value != null && (PLAIN.matcher(value).matches() || name.endsWith("CredentialsId")) ? value : null;
    }
}
