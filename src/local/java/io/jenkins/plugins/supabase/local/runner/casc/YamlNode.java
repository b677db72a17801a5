package io.jenkins.plugins.supabase.local.runner.casc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A value of a configuration file that remembers where it was written. */
sealed interface YamlNode {
    /** @return such as {@code jenkins.yaml, line 12} */
    String place();

    /** @param text as it was written, before variables are replaced; null for no value at all */
    record Text(String place, String text) implements YamlNode {}

    record Items(String place, List<YamlNode> items) implements YamlNode {}

    /** @param keyPlaces where each key was written */
    record Mapping(String place, Map<String, YamlNode> entries, Map<String, String> keyPlaces) implements YamlNode {
        Set<String> keys() {
            return entries.keySet();
        }

        YamlNode get(String key) {
            return entries.get(key);
        }

        String keyPlace(String key) {
            return keyPlaces.get(key);
        }
    }

    /**
     * Puts two files together as JCasC does by default: mappings are united, lists are appended, and a value may be
     * given only once.
     */
    static YamlNode merged(YamlNode one, YamlNode other) throws CascException {
        if (one instanceof Mapping left && other instanceof Mapping right) {
            Map<String, YamlNode> entries = new LinkedHashMap<>(left.entries());
            Map<String, String> places = new LinkedHashMap<>(left.keyPlaces());
            for (String key : right.keys()) {
                YamlNode before = entries.get(key);
                entries.put(key, before == null ? right.get(key) : merged(before, right.get(key)));
                places.putIfAbsent(key, right.keyPlace(key));
            }
            return new Mapping(left.place(), entries, places);
        }
        if (one instanceof Items left && other instanceof Items right) {
            List<YamlNode> items = new ArrayList<>(left.items());
            items.addAll(right.items());
            return new Items(left.place(), items);
        }
        throw new CascException(other.place(), "this is given already in " + one.place());
    }
}
