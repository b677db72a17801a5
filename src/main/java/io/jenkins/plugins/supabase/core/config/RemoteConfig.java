package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that a project has, by section and field, in the words of {@code GET /v2/projects/{ref}/config},
 * whichever version of the API they were read by. Secrets are what the API shows of them, an HMAC.
 */
public final class RemoteConfig {
    /** The alpha endpoint is not there, is not meant for this token, or wants something else than it did. */
    private static final Set<Integer> NOT_AVAILABLE = Set.of(400, 403, 404, 501);

    private final Environment environment;
    private final Map<ConfigSection, SortedMap<String, JsonNode>> sections;
    private final Long majorVersion;

    RemoteConfig(
            Environment environment, Map<ConfigSection, SortedMap<String, JsonNode>> sections, Long majorVersion) {
        this.environment = environment;
        this.sections = new EnumMap<>(sections);
        this.majorVersion = majorVersion;
    }

    /** One call, or one for each section where the API does not give all at once. */
    public static RemoteConfig read(ManagementClient client) throws InterruptedException {
        ObjectNode effective;
        try {
            effective = client.effectiveConfig();
        } catch (ManagementException e) {
            if (!NOT_AVAILABLE.contains(e.status())) {
                throw e;
            }
            return readSections(client);
        }
        JsonNode version = effective.path("database").path("major_version");
        return new RemoteConfig(
                client.environment(),
                SectionReader.ofEffective(effective),
                version.isIntegralNumber() ? version.asLong() : null);
    }

    private static RemoteConfig readSections(ManagementClient client) throws InterruptedException {
        Map<ConfigSection, SortedMap<String, JsonNode>> sections = new EnumMap<>(ConfigSection.class);
        for (ConfigSection section : ConfigSection.values()) {
            sections.put(section, SectionReader.ofSection(section, client.config(section)));
        }
        return new RemoteConfig(client.environment(), sections, null);
    }

    Environment environment() {
        return environment;
    }

    String projectRef() {
        return environment.hostedProject().orElseThrow();
    }

    /** @return a null node where the project has none */
    JsonNode value(ConfigSection section, String field) {
        return section(section).getOrDefault(field, NullNode.getInstance());
    }

    SortedMap<String, JsonNode> section(ConfigSection section) {
        return sections.getOrDefault(section, Collections.emptySortedMap());
    }

    Optional<Long> majorVersion() {
        return Optional.ofNullable(majorVersion);
    }

    /**
     * What the project has now, to be compared with later.
     *
     * @param hidden keys whose values come from credentials
     * @return by key of {@code config.toml}, or by section and field where it has no key: values in clear, secrets and
     *     hidden ones as an HMAC keyed with the project's reference
     */
    public SortedMap<String, String> fingerprint(Collection<String> hidden) {
        SortedMap<String, String> fingerprint = new TreeMap<>();
        sections.forEach((section, fields) -> fields.forEach((field, value) -> {
            // The first version of the API gives none where the second gives the default that follows from it.
            boolean followsFromCompute = section == ConfigSection.POOLER && value.isNull();
            if (!followsFromCompute) {
                RemoteField named = RemoteField.of(section, field);
                fingerprint.put(named.name(), named.fingerprint(value, projectRef(), hidden.contains(named.name())));
            }
        }));
        return fingerprint;
    }

    /** Never shows a value. */
    @Override
    public String toString() {
        return "the settings of " + environment.name() + " " + sections.keySet();
    }
}
