package io.jenkins.plugins.supabase.local.runner.step;

import hudson.EnvVars;
import io.jenkins.plugins.supabase.local.runner.console.Console;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;

/** Tells which variables the log masks, because their values came from credentials. */
final class MaskedVariables extends EnvironmentExpander {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, String> variables;
    private final transient Console console;

    MaskedVariables(Map<String, String> variables, Console console) {
        this.variables = new HashMap<>(variables);
        this.console = console;
    }

    @Override
    public void expand(EnvVars env) {
        env.putAll(variables);
    }

    @Override
    public Set<String> getSensitiveVariables() {
        return variables.entrySet().stream()
                .filter(variable -> console.mask().hides(variable.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
