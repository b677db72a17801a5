package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns the entry of one environment in {@code environments.yml} into settings. */
final class EnvironmentsFile {
    private static final JsonNode SCHEMA = schema();
    private static final JsonNode KEYS = SCHEMA.at("/$defs/environment");
    private static final String ADDRESS = "supabase_url";
    private static final String NETWORKS = "allowed_networks";
    private static final Map<String, String> FUNCTION_SECRETS = Map.of("debug_mode", "DEBUG", "log_level", "LOG_LEVEL");

    private final YamlNode root;
    private final SettingVariables variables;
    private final List<DeclaredSettings.Setting> settings = new ArrayList<>();
    private final Map<String, SecretText> functionSecrets = new TreeMap<>();

    EnvironmentsFile(YamlNode root, Variables variables) {
        this.root = root;
        this.variables = new SettingVariables(variables);
    }

    /** @return the schema that ships with the plugin, for editors too */
    private static JsonNode schema() {
        try (InputStream schema = EnvironmentsFile.class.getResourceAsStream("environments.schema.json")) {
            return new JsonMapper().readTree(schema);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    DeclaredSettings of(Environment environment) {
        requireSchema(SCHEMA, root);
        YamlNode entry = root.entries().get(environment.name());
        if (entry == null) {
            String hint = NearestName.hint(environment.name(), root.entries().keySet());
            return new DeclaredSettings(List.of(), Map.of(), List.of("%s says nothing of the environment \"%s\"%s"
                    .formatted(DeclaredSettings.FILE, environment.name(), hint.isEmpty() ? "." : hint)));
        }
        YamlNode filled = variables.filled(entry, KEYS, SCHEMA, environment.name());
        variables.requireAll();
        requireSchema(SCHEMA, new YamlNode(Map.of(environment.name(), filled), entry.line()));
        filled.entries().forEach((name, value) -> take(name, value, environment));
        return new DeclaredSettings(settings, functionSecrets, List.of());
    }

    private static void requireSchema(JsonNode schema, YamlNode node) {
        List<String> problems = SchemaCheck.problems(schema, node);
        if (!problems.isEmpty()) {
            throw new DeliveryException("%s is not as it must be: %s. Nothing was changed. Correct the file."
                    .formatted(DeclaredSettings.FILE, String.join("; ", problems)));
        }
    }

    private void take(String name, YamlNode value, Environment environment) {
        if (name.equals(ADDRESS)) {
            requireAddress(value, environment);
        } else if (FUNCTION_SECRETS.containsKey(name)) {
            functionSecrets.put(FUNCTION_SECRETS.get(name), new SecretText(String.valueOf(value.value())));
        } else if (name.equals(NETWORKS)) {
            takeNetworks(name, value);
        } else if (value.value() instanceof Map) {
            value.entries().forEach((inner, nested) -> set(name + "." + inner, nested));
        } else {
            set(name, value);
        }
    }

    /**
     * Of a kind that is not listed, nobody gets in: leaving it open would make the list of the other kind worthless.
     */
    private void takeNetworks(String name, YamlNode value) {
        List<Object> four = new ArrayList<>();
        List<Object> six = new ArrayList<>();
        for (Object item : texts(value)) {
            (item.toString().contains(":") ? six : four).add(item);
        }
        set(name, SettingKeys.ALL.find(name).orElseThrow(), value, four);
        set(name, ConfigKeys.ALL.find("db.network_restrictions.allowed_cidrs_v6").orElseThrow(), value, six);
    }

    private void set(String name, YamlNode value) {
        ConfigKey key = SettingKeys.ALL.find(name).orElseThrow();
        set(name, key, value, value.value() instanceof List ? texts(value) : value.value());
    }

    private static List<Object> texts(YamlNode list) {
        return list.items().stream().map(YamlNode::value).toList();
    }

    private void set(String name, ConfigKey key, YamlNode origin, Object value) {
        String place = "%s line %d".formatted(DeclaredSettings.FILE, origin.line());
        Optional<JsonNode> encoded;
        try {
            encoded = key.type().encode(value);
        } catch (IllegalArgumentException e) {
            throw new DeliveryException("%s: %s must be %s. Nothing was changed. Correct the file."
                    .formatted(place, name, key.type().expected()));
        }
        boolean hidden = variables.isHidden(origin);
        String sets = key.section().label() + "." + key.field();
        encoded.ifPresent(api -> settings.add(
                new DeclaredSettings.Setting(name, sets, new DeclaredValue(key, api, hidden, place))));
    }

    private void requireAddress(YamlNode value, Environment environment) {
        String wanted = String.valueOf(value.value());
        boolean same = environment.projectUrl() != null && plain(wanted).equals(plain(environment.projectUrl()));
        if (!same) {
            throw new DeliveryException(("%s line %d: supabase_url of \"%s\" is %s, but Jenkins' configuration says "
                    + "that this environment is at %s. Nothing was changed. Correct whichever of them is wrong.")
                    .formatted(DeclaredSettings.FILE, value.line(), environment.name(),
                            variables.isHidden(value) ? "another address" : wanted, environment.projectUrl()));
        }
    }

    private static String plain(String address) {
        return address.strip().toLowerCase(Locale.ROOT).replaceAll("/+$", "");
    }
}
