package io.jenkins.plugins.supabase.core.config;

import java.util.List;
import java.util.Map;

/**
 * A value of a YAML file and where it stands.
 *
 * @param value Boolean, Long, Double, String, null, a List of nodes or a Map of text to node
 * @param line  from 1
 */
record YamlNode(Object value, int line) {
    @SuppressWarnings("unchecked")
    Map<String, YamlNode> entries() {
        return value instanceof Map<?, ?> ? (Map<String, YamlNode>) value : Map.of();
    }

    @SuppressWarnings("unchecked")
    List<YamlNode> items() {
        return value instanceof List<?> ? (List<YamlNode>) value : List.of();
    }

    /** The value may come to hold a secret. */
    @Override
    public String toString() {
        return "a value in line " + line;
    }
}
