package io.jenkins.plugins.supabase.recovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Configuration as code with which the local runner finds the backups of one environment, when no Jenkins is left. */
final class RecoveryConfiguration {
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();

    /** Variable that the configuration takes the access token from, where it has one. */
    static final String ACCESS_TOKEN = "SUPABASE_ACCESS_TOKEN";

    private static final String TOKEN_ID = "supabase-access-token";

    private final RecoveryFacts facts;

    RecoveryConfiguration(RecoveryFacts facts) {
        this.facts = facts;
    }

    String yaml() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("unclassified", Map.of("supabaseDelivery", plugin()));
        List<Map<String, Object>> credentials = new ArrayList<>(
                credentialsIds().stream().map(RecoveryConfiguration::credential).toList());
        if (facts.isManaged()) {
            credentials.add(accessToken());
        }
        if (!credentials.isEmpty()) {
            document.put(
                    "credentials",
                    Map.of("system", Map.of("domainCredentials", List.of(Map.of("credentials", credentials)))));
        }
        try {
            return YAML.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps, lists and texts", e);
        }
    }

    /** @return names of variables with the logins of destinations, in the order of the alphabet */
    List<String> variables() {
        return credentialsIds().stream()
                .flatMap(id -> List.of(variable(id, "USER"), variable(id, "PASSWORD")).stream())
                .toList();
    }

    private Map<String, Object> plugin() {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("name", facts.name());
        environment.put("projectRef", facts.environment().getProjectRef());
        environment.put("managementUrl", facts.environment().getManagementUrl());
        environment.put("projectUrl", facts.environment().getProjectUrl());
        environment.put("databaseUrl", facts.environment().getDatabaseUrl());
        environment.put("accessTokenCredentialsId", facts.isManaged() ? TOKEN_ID : null);
        environment.values().removeIf(value -> value == null);
        Map<String, Object> plugin = new LinkedHashMap<>();
        plugin.put("environments", List.of(environment));
        List<Object> destinations = new ArrayList<>();
        for (DestinationConfiguration destination : facts.destinations()) {
            destinations.add(Map.of(destination.symbol(), destination.asCode()));
        }
        plugin.put("destinations", destinations);
        return plugin;
    }

    private SortedSet<String> credentialsIds() {
        SortedSet<String> ids = new TreeSet<>();
        for (DestinationConfiguration destination : facts.destinations()) {
            Object id = destination.asCode().get(DestinationConfiguration.CREDENTIALS_ID);
            if (id != null) {
                ids.add(id.toString());
            }
        }
        return ids;
    }

    private static Map<String, Object> credential(String id) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scope", "GLOBAL");
        fields.put("id", id);
        fields.put("username", "${" + variable(id, "USER") + "}");
        fields.put("password", "${" + variable(id, "PASSWORD") + "}");
        return Map.of("usernamePassword", fields);
    }

    private static Map<String, Object> accessToken() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("scope", "GLOBAL");
        fields.put("id", TOKEN_ID);
        fields.put("secret", "${" + ACCESS_TOKEN + ":-}");
        return Map.of("string", fields);
    }

    private static String variable(String id, String what) {
        String name = id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]+", "_");
        return (Character.isDigit(name.charAt(0)) ? "_" + name : name) + "_" + what;
    }
}
