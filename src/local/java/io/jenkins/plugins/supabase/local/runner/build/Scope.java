package io.jenkins.plugins.supabase.local.runner.build;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the blocks around the current step give it.
 *
 * @param directory   where steps work; null outside {@code node}
 * @param environment variables that the blocks add, outermost first
 */
public record Scope(Path directory, Map<String, String> environment) {
    public static final Scope OUTERMOST = new Scope(null, Map.of());

    public Scope in(Path newDirectory) {
        return new Scope(newDirectory, environment);
    }

    public Scope with(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.keySet().removeAll(variables.keySet());
        all.putAll(variables);
        return new Scope(directory, all);
    }
}
