package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the keys that a plan changes were before. Holds no secret: those cannot be read back, and are only named.
 *
 * @param values by label of the section and field, as the API has them
 * @param hidden keys of config.toml whose values are secrets or come from credentials
 */
public record ConfigSnapshot(SortedMap<String, SortedMap<String, JsonNode>> values, SortedSet<String> hidden) {
    private static final DeployPolicy ANYTHING = new DeployPolicy(false, List.of("*"), false, null);
    private static final JsonMapper JSON = new JsonMapper();

    public ConfigSnapshot {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        hidden = Collections.unmodifiableSortedSet(new TreeSet<>(hidden));
    }

    static ConfigSnapshot before(ConfigPlan plan) {
        SortedMap<String, SortedMap<String, JsonNode>> values = new TreeMap<>();
        SortedSet<String> hidden = new TreeSet<>();
        plan.patches().forEach((section, patch) -> patch.keySet().forEach(field -> {
            RemoteField named = RemoteField.of(section, field);
            JsonNode before = plan.remote().value(section, field);
            boolean readable = plan.remote().section(section).containsKey(field) || section == ConfigSection.DATABASE;
            if (named.secret() || plan.unshownKeys().contains(named.name())) {
                hidden.add(named.name());
            } else if (readable) {
                values.computeIfAbsent(section.label(), none -> new TreeMap<>()).put(field, before);
            }
        }));
        return new ConfigSnapshot(values, hidden);
    }

    /** @return what leads back to before the first of several deployments, given in their order */
    public static ConfigSnapshot merge(List<ConfigSnapshot> oldestFirst) {
        SortedMap<String, SortedMap<String, JsonNode>> values = new TreeMap<>();
        SortedSet<String> hidden = new TreeSet<>();
        for (ConfigSnapshot snapshot : oldestFirst) {
            snapshot.values.forEach((section, fields) -> fields.forEach((field, value) ->
                    values.computeIfAbsent(section, none -> new TreeMap<>()).putIfAbsent(field, value)));
            hidden.addAll(snapshot.hidden);
        }
        return new ConfigSnapshot(values, hidden);
    }

    /** @return keys that cannot be put back with these values of credentials, by key of config.toml */
    public SortedSet<String> notRestorable(Set<String> known) {
        SortedSet<String> missing = new TreeSet<>(hidden);
        missing.removeAll(known);
        return missing;
    }

    /**
     * @param remote  what the project has now
     * @param secrets values of hidden keys, by key of config.toml, as the credentials of the previous release give them
     * @return what must change for the keys of this snapshot to be as they were; the policy is not asked, because the
     *     environment had these values before
     */
    public ConfigPlan plan(RemoteConfig remote, Map<String, SecretText> secrets) {
        ConfigComparison comparison = new ConfigComparison(remote, ANYTHING, Map.of());
        values.forEach((label, fields) ->
                fields.forEach((field, value) -> comparison.putBack(section(label), field, value)));
        for (String key : hidden) {
            SecretText secret = secrets.get(key);
            ConfigKey known = ConfigKeys.ALL.find(key).orElse(null);
            if (secret != null && known != null) {
                known.type().encode(secret.reveal()).ifPresent(value -> comparison.putBackHidden(known, value));
            }
        }
        comparison.completePatches();
        return new ConfigPlan(remote, comparison, List.of());
    }

    private static ConfigSection section(String label) {
        return ConfigSection.of(label).orElseThrow(ConfigSnapshot::unreadable);
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws DeliveryException where it is no snapshot */
    public static ConfigSnapshot fromJson(String json) {
        try {
            return JSON.readValue(json, ConfigSnapshot.class);
        } catch (JsonProcessingException e) {
            throw unreadable();
        }
    }

    private static DeliveryException unreadable() {
        return new DeliveryException("The snapshot of the settings is unreadable, so they cannot be put back from it. "
                + "Nothing was changed. Deploy the previous release to set what it declares.");
    }
}
