package io.jenkins.plugins.supabase.core.deploy;

import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a deployment records of an environment, so that a later plan finds what others changed. What this deployment did not
 * touch stays as it was recorded before: taking the present state instead would make every drift vanish at the next
 * deployment.
 */
final class Baseline {
    private Baseline() {}

    /**
     * @param recorded by the deployment before; empty where there was none
     * @param before   what was found when this deployment began
     * @param after    what it left
     */
    static SortedMap<String, String> of(
            SortedMap<String, String> recorded, SortedMap<String, String> before, SortedMap<String, String> after) {
        if (recorded.isEmpty()) {
            return new TreeMap<>(after);
        }
        SortedMap<String, String> baseline = new TreeMap<>(recorded);
        for (String key : union(before, after)) {
            if (!Objects.equals(before.get(key), after.get(key))) {
                if (after.containsKey(key)) {
                    baseline.put(key, after.get(key));
                } else {
                    baseline.remove(key);
                }
            }
        }
        return baseline;
    }

    private static Iterable<String> union(SortedMap<String, String> one, SortedMap<String, String> other) {
        SortedMap<String, String> all = new TreeMap<>(one);
        all.putAll(other);
        return all.keySet();
    }
}
