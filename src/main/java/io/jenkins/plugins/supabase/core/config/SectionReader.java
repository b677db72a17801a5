package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Brings what the two versions of the API answer into one form: flat, in snake case. */
final class SectionReader {
    private static final Pattern UPPER_CASE = Pattern.compile("(?=[A-Z])");
    private static final String CIDRS = "allowed_cidrs";
    private static final String CIDRS_6 = "allowed_cidrs_v6";
    private static final List<String> POOLER = List.of("pool_mode", "default_pool_size");

    private SectionReader() {}

    static Map<ConfigSection, SortedMap<String, JsonNode>> ofEffective(ObjectNode effective) {
        Map<ConfigSection, SortedMap<String, JsonNode>> sections = new EnumMap<>(ConfigSection.class);
        JsonNode database = effective.path("database");
        sections.put(ConfigSection.SSL, flat(renamed(database, "ssl_enforced", "database")));
        sections.put(ConfigSection.NETWORK, networks(database.path("network_restrictions").path(CIDRS), null));
        sections.put(ConfigSection.DATABASE, flat(database.path("postgres_settings")));
        SortedMap<String, JsonNode> pooler = flat(effective.path("pooler"));
        pooler.keySet().retainAll(POOLER);
        sections.put(ConfigSection.POOLER, pooler);
        sections.put(ConfigSection.API, flat(effective.path("api")));
        sections.put(ConfigSection.AUTH, auth(effective.path("auth")));
        sections.put(ConfigSection.STORAGE, storage(effective.path("storage")));
        sections.put(ConfigSection.REALTIME, flat(effective.path("realtime")));
        return sections;
    }

    static SortedMap<String, JsonNode> ofSection(ConfigSection section, ObjectNode answer) {
        return switch (section) {
            case NETWORK -> networks(answer.path("dbAllowedCidrs"), answer.path("dbAllowedCidrsV6"));
            case STORAGE -> storage(answer);
            case AUTH -> auth(answer);
            default -> flat(answer);
        };
    }

    private static ObjectNode renamed(JsonNode node, String name, String other) {
        ObjectNode renamed = JsonNodeFactory.instance.objectNode();
        if (node.has(name)) {
            renamed.set(other, node.get(name));
        }
        return renamed;
    }

    /** Both are settings and facts about the running service; only the settings are kept. */
    private static SortedMap<String, JsonNode> storage(JsonNode node) {
        SortedMap<String, JsonNode> all = flat(node);
        all.keySet().removeIf(field -> !field.equals("file_size_limit") && !field.startsWith("features."));
        return all;
    }

    /** Apple and Google have several client ids, which config.toml writes as one and the API answers as two fields. */
    private static SortedMap<String, JsonNode> auth(JsonNode node) {
        SortedMap<String, JsonNode> auth = flat(node);
        auth.remove("sms_test_otp_valid_until");
        for (String provider : List.of("apple", "google")) {
            String field = "external_" + provider + "_client_id";
            JsonNode more = auth.remove("external_" + provider + "_additional_client_ids");
            if (more != null && more.isTextual() && !more.asText().isEmpty() && auth.containsKey(field)) {
                auth.put(field, TextNode.valueOf(auth.get(field).asText() + "," + more.asText()));
            }
        }
        return auth;
    }

    /** @param six null where both kinds are in one list, each with its type */
    private static SortedMap<String, JsonNode> networks(JsonNode four, JsonNode six) {
        ArrayNode v4 = JsonNodeFactory.instance.arrayNode();
        ArrayNode v6 = JsonNodeFactory.instance.arrayNode();
        for (JsonNode network : four) {
            String address = network.isObject() ? network.path("address").asText() : network.asText();
            (network.path("type").asText().equals("v6") ? v6 : v4).add(address);
        }
        if (six != null) {
            six.forEach(network -> v6.add(network.asText()));
        }
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        if (four.isArray()) {
            fields.put(CIDRS, v4);
            fields.put(CIDRS_6, v6);
        }
        return fields;
    }

    private static SortedMap<String, JsonNode> flat(JsonNode node) {
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        flatten(node, "", fields);
        return fields;
    }

    private static void flatten(JsonNode node, String prefix, SortedMap<String, JsonNode> fields) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String name = prefix + String.join("_", UPPER_CASE.split(field.getKey())).toLowerCase(Locale.ROOT);
            if (field.getValue().isObject()) {
                flatten(field.getValue(), name + ".", fields);
            } else {
                fields.put(name, field.getValue());
            }
        }
    }
}
