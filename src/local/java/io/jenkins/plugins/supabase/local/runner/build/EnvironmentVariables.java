package io.jenkins.plugins.supabase.local.runner.build;

import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables of a run, weakest first: those of the process, those of the build, those that the pipeline
 * sets with {@code env.X = …}, and those of the blocks around the current step.
 */
public final class EnvironmentVariables {
    private final Map<String, String> base;
    private final Map<String, String> assigned = new TreeMap<>();

    public EnvironmentVariables(Map<String, String> base) {
        this.base = new TreeMap<>(base);
    }

    public void assign(String name, String value) {
        if (value == null) {
            assigned.remove(name);
        } else {
            assigned.put(name, value);
        }
    }

    public Map<String, String> with(Map<String, String> overlay) {
        Map<String, String> all = new TreeMap<>(base);
        all.putAll(assigned);
        overlay.forEach((name, value) -> override(all, name, value));
        return all;
    }

    /** {@code PATH+ANYTHING} puts its value in front of PATH, as hudson.EnvVars#override does. */
    private static void override(Map<String, String> all, String name, String value) {
        int plus = name.indexOf('+');
        if (plus <= 0) {
            all.put(name, value);
            return;
        }
        String real = name.substring(0, plus);
        all.merge(real, value, (before, added) -> added + System.getProperty("path.separator") + before);
    }
}
