package io.jenkins.plugins.supabase.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A setting that is not what it was after the last deployment: somebody changed it by other ways.
 *
 * @param before null for a secret, likewise {@code now}
 */
public record ConfigDrift(String key, String before, String now) {
    /**
     * Compares keys that were known then and are known now: which ones the API gives depends on how they were read.
     *
     * @param recorded the {@link RemoteConfig#fingerprint} of the last deployment
     * @return by key
     */
    public static List<ConfigDrift> between(SortedMap<String, String> recorded, RemoteConfig remote) {
        List<ConfigDrift> drift = new ArrayList<>();
        SortedMap<String, String> now = remote.fingerprint(hiddenKeys(recorded));
        recorded.forEach((key, before) -> {
            String after = now.get(key);
            if (after != null && !after.equals(before)) {
                boolean hidden = before.startsWith(RemoteField.HMAC) || after.startsWith(RemoteField.HMAC);
                drift.add(hidden ? new ConfigDrift(key, null, null) : new ConfigDrift(key, before, after));
            }
        });
        return drift;
    }

    /** @return keys whose values may not be shown, as they were then: they are secrets, or came from credentials */
    public static Set<String> hiddenKeys(Map<String, String> recorded) {
        return recorded.entrySet().stream()
                .filter(entry -> entry.getValue().startsWith(RemoteField.HMAC))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
