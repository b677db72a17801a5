package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which tables count: most of those with an {@code enabled} of their own count only while it is true, as the Supabase
 * CLI 3.1.0 has it. Of several enabled SMS providers the first counts.
 */
final class Gates {
    private static final String SMS = "auth.sms.";

    private enum State {
        OPEN,
        CLOSED,
        /** Not declared, which means closed too, but was hardly meant where other keys of the table are declared. */
        FORGOTTEN
    }

    private final Map<String, TomlEntry> entries;
    private final Map<String, State> states = new LinkedHashMap<>();
    private final List<Finding> findings = new ArrayList<>();

    Gates(Map<String, TomlEntry> entries, VariableReader variables) {
        this.entries = entries;
        boolean smsTaken = false;
        for (ConfigKey key : ConfigKeys.ALL.keys()) {
            boolean sms = key.isGate() && key.key().startsWith(SMS);
            State state = state(key, variables);
            if (sms && smsTaken && state == State.OPEN) {
                state = State.CLOSED;
                findings.add(finding("config-ignored", Severity.WARNING, entries.get(key.key()),
                        key.key() + " does nothing: another SMS provider is enabled, and a project has one.",
                        "Enable one provider only."));
            }
            smsTaken |= sms && state == State.OPEN;
            states.put(key.key(), state);
        }
    }

    private State state(ConfigKey key, VariableReader variables) {
        TomlEntry entry = entries.get(key.key());
        if (entry == null || entry.value() == null) {
            return key.gate() == ConfigKey.Gate.OPEN ? State.OPEN : State.FORGOTTEN;
        }
        if (!key.isGate() && !key.key().endsWith(".enabled")) {
            return State.OPEN;
        }
        try {
            Object value = variables.resolve(entry).map(VariableReader.Resolved::value).orElse(false);
            return ValueType.flag(value) ? State.OPEN : State.CLOSED;
        } catch (IllegalArgumentException e) {
            throw Declarations.wrong(key, entry, "must be true or false", "Correct the file.");
        }
    }

    /** Whether the key counts. The gate itself always does, except where another one of its kind was there first. */
    boolean lets(ConfigKey key) {
        if (key.isGate()) {
            return !key.key().startsWith(SMS) || states.get(key.key()) == State.OPEN;
        }
        String gate = key.onlyIf() == null ? key.table() + ".enabled" : key.onlyIf();
        boolean guarded = key.onlyIf() != null
                || ConfigKeys.ALL.find(gate).map(ConfigKey::isGate).orElse(false);
        if (!guarded || states.get(gate) == State.OPEN) {
            return true;
        }
        if (states.get(gate) == State.FORGOTTEN) {
            findings.add(finding("config-ignored", Severity.INFO, entries.get(key.key()),
                    "%s does nothing, because %s is not declared true.".formatted(key.key(), gate),
                    "Declare %s = true, or remove the key.".formatted(gate)));
        }
        return false;
    }

    /** @return to be asked for after every key was asked about */
    List<Finding> findings() {
        Map<String, TreeSet<String>> missing = new LinkedHashMap<>();
        for (ConfigKey key : ConfigKeys.ALL.keys()) {
            String gate = key.table() + ".enabled";
            boolean open = entries.containsKey(gate) && states.get(gate) == State.OPEN;
            if (key.needed() && open && !entries.containsKey(key.key())) {
                missing.computeIfAbsent(gate, none -> new TreeSet<>()).add(key.key());
            }
        }
        missing.forEach((gate, keys) -> findings.add(finding("config-incomplete", Severity.WARNING, entries.get(gate),
                "%s is true, but %s is not declared: it works only where the project has that already."
                        .formatted(gate, String.join(", ", keys)),
                "Declare what is missing.")));
        return findings;
    }

    private static Finding finding(String rule, Severity severity, TomlEntry entry, String message, String remedy) {
        return new Finding(rule, severity, DeclaredConfig.FILE, entry.line(), message, remedy, null);
    }
}
