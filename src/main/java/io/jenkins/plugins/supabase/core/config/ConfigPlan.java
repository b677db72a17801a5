package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.trace.Finding;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must change for a project to have the settings that a release declares: only keys that are declared and differ.
 * What it shows holds no secret; the patches, which do, stay inside this package.
 */
public final class ConfigPlan {
    private final RemoteConfig remote;
    private final List<ConfigChange> changes;
    private final List<SettingChange> settings;
    private final List<ConfigRefusal> refusals;
    private final List<Finding> findings;
    private final List<String> notes;
    private final Map<ConfigSection, SortedMap<String, JsonNode>> patches;
    private final SortedSet<String> hiddenKeys;
    private final SortedSet<String> hiddenAfter;
    private final SortedMap<String, String> secretFingerprints;

    ConfigPlan(RemoteConfig remote, ConfigComparison comparison, List<Finding> findings) {
        this.remote = remote;
        this.changes = List.copyOf(comparison.changes());
        this.settings = List.copyOf(comparison.settings());
        this.refusals = List.copyOf(comparison.refusals());
        this.findings = List.copyOf(findings);
        this.notes = List.copyOf(comparison.notes());
        this.patches = new EnumMap<>(ConfigSection.class);
        comparison.patches().forEach((section, patch) -> patches.put(section, new TreeMap<>(patch)));
        this.hiddenKeys = new TreeSet<>(comparison.hiddenKeys());
        this.hiddenAfter = new TreeSet<>(comparison.hiddenAfter());
        this.secretFingerprints = new TreeMap<>(comparison.secretFingerprints());
    }

    /**
     * @param recorded {@link RemoteConfig#fingerprint} and {@link #secretFingerprints()} of the last deployment, in
     *                 one; empty where there was none
     * @throws DeliveryException where the two files of the release want different values of one field
     */
    public static ConfigPlan of(
            DeclaredConfig declared,
            DeclaredSettings settings,
            RemoteConfig remote,
            DeployPolicy policy,
            Map<String, String> recorded) {
        ConfigComparison comparison = new ConfigComparison(remote, policy, recorded);
        comparison.compare(declared, settings);
        return new ConfigPlan(remote, comparison, declared.findings());
    }

    /** @return keys of config.toml, by section in the order in which they are written, and by key */
    public List<ConfigChange> changes() {
        return changes;
    }

    /** @return keys of the settings file, in the same order */
    public List<SettingChange> settings() {
        return settings;
    }

    public List<ConfigRefusal> refusals() {
        return refusals;
    }

    /** @return what the file says that is wrong or does nothing */
    public List<Finding> findings() {
        return findings;
    }

    /** @return what a reader should know, such as that the database will be restarted */
    public List<String> notes() {
        return notes;
    }

    public boolean isEmpty() {
        return patches.isEmpty();
    }

    /** @return keys whose values come from credentials once the plan is applied, and secrets: never to be shown */
    public SortedSet<String> hiddenKeys() {
        return Collections.unmodifiableSortedSet(hiddenAfter);
    }

    /**
     * @return salted fingerprints of secrets that the API does not let compare otherwise, to be recorded once the
     *     plan is applied, beside {@link RemoteConfig#fingerprint}
     */
    public SortedMap<String, String> secretFingerprints() {
        return Collections.unmodifiableSortedMap(secretFingerprints);
    }

    /** @return keys whose values, before or after, must not be shown */
    SortedSet<String> unshownKeys() {
        return Collections.unmodifiableSortedSet(hiddenKeys);
    }

    /** @return what is needed to put back what applying this plan changes */
    public ConfigSnapshot snapshot() {
        return ConfigSnapshot.before(this);
    }

    /** @return one paragraph that names every refusal and the way out, where there is one */
    public Optional<String> refusal() {
        if (refusals.isEmpty()) {
            return Optional.empty();
        }
        Set<String> remedies = refusals.stream()
                .map(ConfigRefusal::remedy)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return Optional.of("The environment \"%s\" refuses %s of its settings: %s. Nothing was changed. %s"
                .formatted(
                        remote.environment().name(),
                        Count.of(refusals.size(), "change"),
                        refusals.stream().map(ConfigRefusal::toString).collect(Collectors.joining("; ")),
                        String.join(" ", remedies)));
    }

    /** @throws DeliveryException with the {@link #refusal}, where there is one */
    public void requireAllowed() {
        refusal().ifPresent(refusal -> {
            throw new DeliveryException(refusal);
        });
    }

    RemoteConfig remote() {
        return remote;
    }

    /** @return by section, fields and values as the API wants them: secrets in clear */
    Map<ConfigSection, SortedMap<String, JsonNode>> patches() {
        return Collections.unmodifiableMap(patches);
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return "ConfigPlan" + patches.keySet();
    }
}
