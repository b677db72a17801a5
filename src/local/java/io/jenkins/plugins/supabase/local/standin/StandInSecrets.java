package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A project's function secrets. Read back, a value is its SHA-256 digest. */
public final class StandInSecrets {
    private static final int LONGEST_NAME = 256;
    private static final int LONGEST_VALUE = 24_576;

    private final Map<String, Secret> secrets = new TreeMap<>();

    private record Secret(String value, Instant updatedAt) {}

    public synchronized Set<String> names() {
        return new TreeSet<>(secrets.keySet());
    }

    /** @return the value itself, which the API does not give back */
    public synchronized Optional<String> value(String name) {
        return Optional.ofNullable(secrets.get(name)).map(Secret::value);
    }

    synchronized void put(JsonNode items) {
        if (!items.isArray()) {
            throw new Refusal(400, "Expected an array of secrets");
        }
        for (JsonNode item : items) {
            String name = item.path("name").asText("");
            if (name.isEmpty() || name.length() > LONGEST_NAME || !item.path("value").isTextual()) {
                throw new Refusal(400, "A secret has a name of at most 256 characters and a value");
            }
            if (name.startsWith("SUPABASE_")) {
                throw new Refusal(400, "Secret name must not start with the SUPABASE_ prefix");
            }
            if (item.path("value").asText().length() > LONGEST_VALUE) {
                throw new Refusal(400, "The value of a secret has at most 24576 characters");
            }
        }
        items.forEach(item -> secrets.put(
                item.path("name").asText(), new Secret(item.path("value").asText(), Instant.now())));
    }

    synchronized void remove(JsonNode names) {
        if (!names.isArray()) {
            throw new Refusal(400, "Expected an array of names");
        }
        names.forEach(name -> secrets.remove(name.asText()));
    }

    synchronized ArrayNode list() {
        ArrayNode list = Json.array();
        secrets.forEach((name, secret) -> list.addObject()
                .put("name", name)
                .put("value", Digests.sha256(secret.value()))
                .put("updated_at", secret.updatedAt().toString()));
        return list;
    }
}
