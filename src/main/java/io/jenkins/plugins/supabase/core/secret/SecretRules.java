package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What the platform takes as a secret, from the schema CreateSecretBody of the OpenAPI document, and what an edge
 * function could not read. Problems name secrets and credentials, never values.
 */
final class SecretRules {
    /** The platform's own: it sets {@code SUPABASE_URL}, {@code SUPABASE_DB_URL} and others for every function. */
    static final String BUILT_IN = "SUPABASE_";

    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 24_576;

    private SecretRules() {}

    static boolean isBuiltIn(String name) {
        return name.startsWith(BUILT_IN);
    }

    /** @throws DeliveryException that names every secret that cannot be set */
    static void check(Collection<WantedSecret> wanted) {
        List<String> problems = new ArrayList<>();
        for (WantedSecret secret : wanted) {
            String problem = problem(secret);
            if (problem != null) {
                problems.add(problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new DeliveryException(String.join(" ", problems) + " Nothing was changed.");
        }
    }

    private static String problem(WantedSecret secret) {
        String name = secret.name();
        if (name.isEmpty() || name.chars().anyMatch(c -> c <= ' ' || c == '=' || c == 0x7f)) {
            return ("The secret \"%s\" has a name that no environment variable can have: it is not empty and holds "
                            + "neither spaces nor an equals sign. Rename it.")
                    .formatted(name.replaceAll("\\p{Cntrl}", "?"));
        }
        if (isBuiltIn(name)) {
            return ("The secret %s cannot be set: names that begin with SUPABASE_ belong to the platform, which sets "
                            + "them for every function. Rename it, in the function too.")
                    .formatted(name);
        }
        if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
            return "The secret %s… has a name of more than %d characters, which the platform refuses. Shorten it."
                    .formatted(name.substring(0, 40), LONGEST_NAME);
        }
        String value = secret.value() == null ? "" : secret.value().reveal();
        if (value.isEmpty()) {
            return "The secret %s has no value: %s is empty. Fill it, or leave the secret out."
                    .formatted(name, source(secret));
        }
        if (value.codePointCount(0, value.length()) > LONGEST_VALUE) {
            return "The secret %s is longer than the %d characters that the platform takes. Shorten what %s holds."
                    .formatted(name, LONGEST_VALUE, source(secret));
        }
        return null;
    }

    private static String source(WantedSecret secret) {
        return secret.credentialsId() == null ? "its value" : "the credential " + secret.credentialsId();
    }
}
