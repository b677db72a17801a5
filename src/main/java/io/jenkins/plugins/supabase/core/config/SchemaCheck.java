package io.jenkins.plugins.supabase.core.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Checks a YAML tree against the words of JSON Schema that {@code environments.schema.json} uses, with messages that
 * name line, key and nearest name, which no library gives.
 */
final class SchemaCheck {
    private final JsonNode schema;
    private final List<String> problems = new ArrayList<>();

    private SchemaCheck(JsonNode schema) {
        this.schema = schema;
    }

    /** @return what is wrong, by line; empty where the tree keeps the schema */
    static List<String> problems(JsonNode schema, YamlNode root) {
        SchemaCheck check = new SchemaCheck(schema);
        check.check(schema, root, "");
        return check.problems;
    }

    private void check(JsonNode rule, YamlNode node, String path) {
        JsonNode resolved = resolved(rule);
        if (resolved.has("anyOf")) {
            boolean fits = StreamSupport.stream(resolved.get("anyOf").spliterator(), false)
                    .anyMatch(alternative -> fault(resolved(alternative), node) == null);
            if (!fits) {
                add(node, path, fault(resolved(resolved.get("anyOf").get(0)), node));
            }
            return;
        }
        String fault = fault(resolved, node);
        if (fault != null) {
            add(node, path, fault);
        } else if (node.value() instanceof Map) {
            node.entries().forEach((name, value) -> checkEntry(resolved, name, value, path));
        } else if (node.value() instanceof List && resolved.has("items")) {
            node.items().forEach(item -> check(resolved.get("items"), item, path));
        }
    }

    private void checkEntry(JsonNode rule, String name, YamlNode value, String path) {
        String inner = path.isEmpty() ? name : path + "." + name;
        JsonNode property = rule.path("properties").path(name);
        if (!property.isMissingNode()) {
            check(property, value, inner);
            return;
        }
        for (Map.Entry<String, JsonNode> pattern : rule.path("patternProperties").properties()) {
            if (Pattern.compile(pattern.getKey()).matcher(name).find()) {
                check(pattern.getValue(), value, inner);
                return;
            }
        }
        if (rule.path("additionalProperties").isBoolean() && !rule.get("additionalProperties").asBoolean()) {
            TreeSet<String> names = new TreeSet<>();
            rule.path("properties").fieldNames().forEachRemaining(names::add);
            add(value, inner, "is no key that is known here" + NearestName.hint(name, names));
        }
    }

    /** Beside its reference a rule only has a description. */
    private JsonNode resolved(JsonNode rule) {
        return rule.has("$ref") ? resolved(schema.at(rule.get("$ref").asText().substring(1))) : rule;
    }

    /** @return what is wrong with the value itself, as it reads after the key; null where nothing is */
    private static String fault(JsonNode rule, YamlNode node) {
        Object value = node.value();
        return switch (rule.path("type").asText()) {
            case "object" -> value instanceof Map ? null : "must be a mapping of keys to values";
            case "array" -> value instanceof List ? null : "must be a list";
            case "boolean" -> value instanceof Boolean ? null : "must be true or false";
            case "integer" -> value instanceof Long number ? range(rule, number) : "must be a whole number";
            case "string" -> value instanceof String text ? text(rule, text) : "must be a text";
            default -> null;
        };
    }

    private static String range(JsonNode rule, long number) {
        long least = rule.path("minimum").asLong(Long.MIN_VALUE);
        long most = rule.path("maximum").asLong(Long.MAX_VALUE);
        return number < least || number > most ? "must be from %d to %d".formatted(least, most) : null;
    }

    private static String text(JsonNode rule, String text) {
        List<String> allowed = new ArrayList<>();
        rule.path("enum").forEach(word -> allowed.add(word.asText()));
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            return "must be one of " + String.join(", ", allowed);
        }
        if (text.length() < rule.path("minLength").asInt(0)) {
            return "must not be empty";
        }
        String pattern = rule.path("pattern").asText("");
        return Pattern.compile(pattern).matcher(text).find() ? null : "must look like " + pattern;
    }

    private void add(YamlNode node, String path, String fault) {
        problems.add("line %d: %s %s".formatted(node.line(), path.isEmpty() ? "the file" : path, fault));
    }
}
