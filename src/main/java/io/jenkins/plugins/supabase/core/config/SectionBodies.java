package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.management.ConfigSection;
import java.util.Map;

/** The form in which the first version of the API, the only one that writes, wants the fields of a section. */
final class SectionBodies {
    private SectionBodies() {}

    static ObjectNode body(ConfigSection section, Map<String, JsonNode> fields) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        fields.forEach((field, value) -> {
            switch (section) {
                case SSL -> body.withObject("/requestedConfig").set(field, value);
                case NETWORK -> body.set(field.endsWith("_v6") ? "dbAllowedCidrsV6" : "dbAllowedCidrs", value);
                case STORAGE -> put(body, field.split("\\."), value);
                default -> body.set(field, value);
            }
        });
        return body;
    }

    private static void put(ObjectNode body, String[] path, JsonNode value) {
        ObjectNode node = body;
        for (int i = 0; i < path.length - 1; i++) {
            node = node.withObject("/" + camelCase(path[i]));
        }
        node.set(camelCase(path[path.length - 1]), value);
    }

    private static String camelCase(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(camel.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
