package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with, or to be known of, {@code config.toml} itself, whatever the project has. */
final class FileFindings {
    private final Collection<TomlEntry> everything;
    private final List<Finding> findings = new ArrayList<>();

    FileFindings(Collection<TomlEntry> everything) {
        this.everything = everything;
    }

    /** @param merged what counts for the project */
    List<Finding> find(Collection<TomlEntry> merged) {
        everything.forEach(this::checkName);
        everything.forEach(this::checkSecret);
        tellLocal(merged);
        return findings;
    }

    private void checkName(TomlEntry entry) {
        if (ConfigKeys.ALL.isKnown(entry.path()) || ConfigKeys.ALL.renamed().containsKey(entry.key())) {
            return;
        }
        Optional<Map.Entry<String, String>> removed = ConfigKeys.ALL.removed().entrySet().stream()
                .filter(name -> (entry.key() + ".").startsWith(name.getKey() + "."))
                .findFirst();
        String message = removed.isPresent()
                ? "%s is read no more: version 3 of the Supabase CLI calls it %s."
                        .formatted(removed.get().getKey(), removed.get().getValue())
                : "%s is no key of config.toml, so it does nothing%s"
                        .formatted(entry.key(), hint(ConfigKeys.ALL.nearest(entry.path())));
        boolean said = findings.stream().anyMatch(finding -> finding.message().equals(message));
        if (!said) {
            String remedy = removed.isPresent() ? "Rename it." : "Correct the name, or remove the key.";
            add("config-unknown-key", Severity.WARNING, entry.line(), message, remedy);
        }
    }

    private static String hint(Optional<String> nearest) {
        return nearest.map(name -> "; did you mean " + name + "?").orElse(".");
    }

    private void checkSecret(TomlEntry entry) {
        boolean literal = entry.value() instanceof String text
                && !text.isEmpty()
                && !text.startsWith("encrypted:")
                && !VariableReader.isReference(text);
        if (literal && ConfigKeys.ALL.isSecret(entry)) {
            add("config-literal-secret", Severity.DANGER, entry.line(),
                    entry.key() + " holds a secret that everybody who can read the repository can read.",
                    "Revoke it, write env(NAME) instead, and give the new one by a credential.");
        }
    }

    private void tellLocal(Collection<TomlEntry> merged) {
        Set<String> local = merged.stream()
                .filter(entry -> entry.value() != null && ConfigKeys.ALL.isLocal(entry.path()))
                .map(TomlEntry::key)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!local.isEmpty()) {
            add("config-local-only", Severity.INFO, 0,
                    "These keys do not reach a hosted project: " + String.join(", ", local) + ".",
                    "Nothing, unless one of them was meant for the project.");
        }
    }

    private void add(String rule, Severity severity, int line, String message, String remedy) {
        findings.add(new Finding(rule, severity, DeclaredConfig.FILE, line, message, remedy, null));
    }
}
