package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.supabase.core.operation.SecretText;

/** Finds the key with which a project's own endpoints let the deployment in, as the Supabase CLI does. */
final class ApiKeys {
    private ApiKeys() {}

    /** @return the secret key of the service role, else the legacy one; null where neither is shown */
    static SecretText secret(JsonNode keys) {
        String legacy = null;
        for (JsonNode key : keys) {
            String value = key.path("api_key").asText("");
            boolean serviceRole = "service_role".equals(key.path("secret_jwt_template").path("role").asText());
            if (value.isEmpty()) {
                continue;
            }
            if ("secret".equals(key.path("type").asText()) && serviceRole) {
                return new SecretText(value);
            }
            if ("service_role".equals(key.path("name").asText())) {
                legacy = value;
            }
        }
        return legacy == null ? null : new SecretText(legacy);
    }
}
