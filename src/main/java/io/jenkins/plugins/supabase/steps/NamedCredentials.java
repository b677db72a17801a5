package io.jenkins.plugins.supabase.steps;

import hudson.model.Descriptor.FormException;
import hudson.util.FormValidation;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names with the id of the credential behind each, as in {@code secrets: [STRIPE_KEY: 'stripe']}. */
final class NamedCredentials {
    private static final Pattern LINE = Pattern.compile("\\s*([^=:\\s]+)\\s*[=:]\\s*(\\S+)\\s*");

    private NamedCredentials() {}

    /** @return null where none are given; Groovy hands over strings that are none yet */
    static LinkedHashMap<String, String> of(Map<?, ?> given) {
        if (given == null || given.isEmpty()) {
            return null;
        }
        LinkedHashMap<String, String> names = new LinkedHashMap<>();
        given.forEach((name, id) -> names.put(String.valueOf(name), id == null ? "" : id.toString().trim()));
        return names;
    }

    /** @return one line a name, for the form */
    static String text(Map<String, String> names) {
        return names == null
                ? ""
                : names.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }

    /** @throws IllegalArgumentException naming the line that is neither empty nor of the form NAME=credential-id */
    static LinkedHashMap<String, String> parse(String text) {
        LinkedHashMap<String, String> names = new LinkedHashMap<>();
        for (String line : text.split("\\R")) {
            Matcher matcher = LINE.matcher(line);
            if (line.isBlank()) {
                continue;
            }
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        "\"" + line.strip() + "\" is not of the form NAME=credential-id; write one name a line.");
            }
            names.put(matcher.group(1), matcher.group(2));
        }
        return names.isEmpty() ? null : names;
    }

    /**
     * @param field of the form
     * @param text  what was typed there; null for nothing
     */
    static Map<String, String> ofForm(String field, Object text) throws FormException {
        try {
            return text == null ? null : parse(text.toString());
        } catch (IllegalArgumentException e) {
            throw new FormException(e.getMessage(), e, field);
        }
    }

    static FormValidation check(String text) {
        try {
            parse(text == null ? "" : text);
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /**
     * @param step     who names them
     * @param argument in which they are named
     * @throws DeliveryException naming the first that cannot be used
     */
    static Map<String, SecretText> resolve(
            String step, String argument, Map<String, String> names, CredentialLookup lookup) {
        Map<String, SecretText> secrets = new LinkedHashMap<>();
        if (names != null) {
            names.forEach((name, id) -> secrets.put(name, lookup.text(step, argument + ": " + name, id)));
        }
        return secrets;
    }

    /** Like {@link #resolve}, without those that cannot be used. */
    static Map<String, SecretText> resolvable(Map<String, String> names, CredentialLookup lookup) {
        Map<String, SecretText> secrets = new LinkedHashMap<>();
        names.forEach((name, id) -> {
            try {
                secrets.put(name, lookup.text("An earlier deployment", name, id));
            } catch (DeliveryException e) {
                // Gone since; the way back says by name what cannot be restored.
            }
        });
        return secrets;
    }
}
