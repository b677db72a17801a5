package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of {@code env(NAME)}, and remembers what is missing, so that all of it is told at once. */
final class VariableReader {
    private static final Pattern REFERENCE = Pattern.compile("env\\((.*)\\)");

    private final Variables variables;
    private final List<String> missing = new ArrayList<>();

    VariableReader(Variables variables) {
        this.variables = variables;
    }

    /**
     * @param value    not to be shown where {@code hidden}
     * @param variable that the value, or a part of it, comes from; null where it is literal
     * @param hidden   whether that variable is a credential
     */
    record Resolved(Object value, String variable, boolean hidden) {
        @Override
        public String toString() {
            return variable == null ? "a literal value" : "the value of " + variable;
        }
    }

    static boolean isReference(Object value) {
        return value instanceof String text && REFERENCE.matcher(text).matches();
    }

    /** @return empty where a variable is not set, which is remembered */
    Optional<Resolved> resolve(TomlEntry entry) {
        if (entry.value() instanceof List<?> list) {
            return resolveAll(entry, list);
        }
        Matcher reference = REFERENCE.matcher(entry.value() instanceof String text ? text : "");
        if (!reference.matches()) {
            return Optional.of(new Resolved(entry.value(), null, false));
        }
        String name = reference.group(1);
        Optional<String> value = variables.value(name);
        if (value.isEmpty()) {
            missing.add("%s in line %d needs %s".formatted(entry.key(), entry.line(), name));
        }
        return value.map(text -> new Resolved(text, name, variables.isSecret(name)));
    }

    private Optional<Resolved> resolveAll(TomlEntry entry, List<?> list) {
        List<Object> values = new ArrayList<>();
        String variable = null;
        boolean hidden = false;
        for (Object item : list) {
            Optional<Resolved> resolved = resolve(new TomlEntry(entry.path(), item, entry.line()));
            if (resolved.isEmpty()) {
                return Optional.empty();
            }
            values.add(resolved.get().value());
            variable = variable == null ? resolved.get().variable() : variable;
            hidden |= resolved.get().hidden();
        }
        return Optional.of(new Resolved(values, variable, hidden));
    }

    /** @throws DeliveryException where a variable was not set */
    void requireAll() {
        if (!missing.isEmpty()) {
            throw new DeliveryException(("%s uses variables that are not set: %s. Nothing was changed. Set them in the "
                    + "pipeline's environment, or name credentials for them.")
                    .formatted(DeclaredConfig.FILE, String.join("; ", missing)));
        }
    }
}
