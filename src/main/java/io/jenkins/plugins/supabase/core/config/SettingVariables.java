package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of <code>${NAME}</code> in a settings file. */
final class SettingVariables {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Variables variables;
    private final List<String> missing = new ArrayList<>();
    /** Lines with a value from a credential: nothing that stands in them is shown. */
    private final Set<Integer> hiddenLines = new HashSet<>();

    SettingVariables(Variables variables) {
        this.variables = variables;
    }

    /**
     * @param rule   of the schema, for the node
     * @param schema that the rule refers to
     * @return a copy without variables: of a switch or a number where the schema wants one
     */
    YamlNode filled(YamlNode node, JsonNode rule, JsonNode schema, String path) {
        if (node.value() instanceof Map) {
            Map<String, YamlNode> entries = new LinkedHashMap<>();
            node.entries().forEach((name, value) -> entries.put(
                    name,
                    filled(value, resolved(rule.path("properties").path(name), schema), schema, path + "." + name)));
            return new YamlNode(entries, node.line());
        }
        if (node.value() instanceof List) {
            JsonNode items = resolved(rule.path("items"), schema);
            List<YamlNode> filled = new ArrayList<>();
            node.items().forEach(item -> filled.add(filled(item, items, schema, path)));
            return new YamlNode(filled, node.line());
        }
        return node.value() instanceof String text ? filled(text, node, rule, schema, path) : node;
    }

    private YamlNode filled(String text, YamlNode node, JsonNode rule, JsonNode schema, String path) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.find()) {
            return node;
        }
        StringBuilder filled = new StringBuilder();
        do {
            String name = reference.group(1);
            Optional<String> value = variables.value(name);
            if (value.isEmpty()) {
                missing.add("%s in line %d needs %s".formatted(path, node.line(), name));
            }
            if (variables.isSecret(name)) {
                hiddenLines.add(node.line());
            }
            reference.appendReplacement(filled, Matcher.quoteReplacement(value.orElse("")));
        } while (reference.find());
        reference.appendTail(filled);
        return new YamlNode(typed(filled.toString(), resolved(rule.path("anyOf").path(0), schema)), node.line());
    }

    private static Object typed(String text, JsonNode rule) {
        String type = rule.path("type").asText();
        if (type.equals("boolean") && (text.equals("true") || text.equals("false"))) {
            return Boolean.valueOf(text);
        }
        return type.equals("integer") && WHOLE_NUMBER.matcher(text).matches() ? (Object) Long.valueOf(text) : text;
    }

    private static JsonNode resolved(JsonNode rule, JsonNode schema) {
        return rule.has("$ref") ? resolved(schema.at(rule.get("$ref").asText().substring(1)), schema) : rule;
    }

    boolean isHidden(YamlNode node) {
        return hiddenLines.contains(node.line())
                || node.items().stream().anyMatch(item -> hiddenLines.contains(item.line()));
    }

    /** @throws DeliveryException where a variable was not set */
    void requireAll() {
        if (!missing.isEmpty()) {
            throw new DeliveryException(("%s uses variables that are not set: %s. Nothing was changed. Set them in the "
                    + "pipeline's environment, or name credentials for them.")
                    .formatted(DeclaredSettings.FILE, String.join("; ", missing)));
        }
    }
}
