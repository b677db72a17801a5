package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code env(NAME)} and <code>${NAME}</code> stand for.
 *
 * @param plain   the pipeline's environment
 * @param secrets from credentials; their values are never shown. They win where both have a name
 */
public record Variables(Map<String, String> plain, Map<String, SecretText> secrets) {
    public static final Variables NONE = new Variables(Map.of(), Map.of());

    public Variables {
        plain = Map.copyOf(plain);
        secrets = Map.copyOf(secrets);
    }

    /** @return empty where it is unset or empty, which the Supabase CLI does not tell apart either */
    Optional<String> value(String name) {
        SecretText secret = secrets.get(name);
        String value = secret == null ? plain.get(name) : secret.reveal();
        return Optional.ofNullable(value).filter(text -> !text.isEmpty());
    }

    boolean isSecret(String name) {
        return secrets.containsKey(name);
    }

    /** Only names: the pipeline's environment may hold what nobody thought of as a secret. */
    @Override
    public String toString() {
        return "Variables" + plain.keySet() + secrets.keySet();
    }
}
