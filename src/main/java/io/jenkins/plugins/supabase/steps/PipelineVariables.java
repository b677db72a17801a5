package io.jenkins.plugins.supabase.steps;

import hudson.EnvVars;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The environment variables around a step; what {@code withCredentials} bound among them is never shown. */
final class PipelineVariables {
    private final Map<String, String> plain = new LinkedHashMap<>();
    private final Map<String, SecretText> secret = new LinkedHashMap<>();

    private PipelineVariables() {}

    static PipelineVariables of(StepContext context) throws IOException, InterruptedException {
        PipelineVariables variables = new PipelineVariables();
        EnvVars all = context.get(EnvVars.class);
        EnvironmentExpander expander = context.get(EnvironmentExpander.class);
        Set<String> sensitive = expander == null ? Set.of() : expander.getSensitiveVariables();
        if (all != null) {
            all.forEach((name, value) -> {
                if (sensitive.contains(name)) {
                    variables.secret.put(name, new SecretText(value));
                } else {
                    variables.plain.put(name, value);
                }
            });
        }
        return variables;
    }

    Map<String, String> plain() {
        return plain;
    }

    Map<String, SecretText> secret() {
        return secret;
    }

    /** @return the branch that was checked out, as multibranch jobs or the git step say it; null where nobody does */
    String branch() {
        String branch = plain.get("BRANCH_NAME");
        if (branch == null) {
            branch = plain.get("GIT_BRANCH");
        }
        return branch == null ? null : branch.replaceFirst("^origin/", "");
    }
}
