package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compares JSON documents by their keys and types, not by their values. */
final class Shape {
    private final List<String> differences = new ArrayList<>();
    private final Set<String> freeToDiffer;

    private Shape(Set<String> freeToDiffer) {
        this.freeToDiffer = freeToDiffer;
    }

    /** @param freeToDiffer dotted paths that may be there or not */
    static List<String> differences(JsonNode recorded, JsonNode actual, Set<String> freeToDiffer) {
        Shape shape = new Shape(freeToDiffer);
        shape.compare("", recorded, actual);
        return shape.differences;
    }

    private void compare(String path, JsonNode recorded, JsonNode actual) {
        if (recorded.isNull() || actual.isNull()) {
            return;
        }
        if (type(recorded) != type(actual)) {
            differences.add(path + ": recorded as " + recorded.getNodeType() + ", is " + actual.getNodeType());
        } else if (recorded.isObject()) {
            compareObjects(path, recorded, actual);
        } else if (recorded.isArray() && !recorded.isEmpty() && !actual.isEmpty()) {
            compare(path + "[]", recorded.get(0), actual.get(0));
        }
    }

    private void compareObjects(String path, JsonNode recorded, JsonNode actual) {
        Set<String> names = new TreeSet<>();
        recorded.fieldNames().forEachRemaining(names::add);
        actual.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            String inner = path.isEmpty() ? name : path + "." + name;
            if (recorded.has(name) && actual.has(name)) {
                compare(inner, recorded.get(name), actual.get(name));
            } else if (!freeToDiffer.contains(inner)) {
                differences.add(inner + (recorded.has(name) ? ": missing" : ": not in the recording"));
            }
        }
    }

    private static JsonNodeType type(JsonNode node) {
        return node.getNodeType();
    }
}
