package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A project's storage buckets; what is in them is {@link StandInObjects}. */
public final class StandInBuckets {
    private static final List<String> KEYS = List.of("public", "file_size_limit", "allowed_mime_types");

    private final Map<String, ObjectNode> buckets = new LinkedHashMap<>();

    public void create(String name, boolean open) {
        create(Json.object().put("name", name).put("public", open));
    }

    synchronized ObjectNode create(JsonNode wanted) {
        String name = wanted.path("name").asText("");
        if (name.isEmpty()) {
            throw new Refusal(Reply.json(400, error("400", "Error", "body must have required property 'name'")));
        }
        if (buckets.containsKey(name)) {
            throw new Refusal(Reply.json(400, error("409", "Duplicate", "The resource already exists")));
        }
        String now = Instant.now().toString();
        ObjectNode bucket = Json.object().put("id", name).put("name", name).put("owner", "");
        bucket.put("public", wanted.path("public").asBoolean(false)).put("type", "STANDARD");
        bucket.set("file_size_limit", wanted.get("file_size_limit"));
        bucket.set("allowed_mime_types", wanted.get("allowed_mime_types"));
        buckets.put(name, bucket.put("created_at", now).put("updated_at", now));
        return Json.object().put("name", name);
    }

    /** Keys that are not sent stay; null takes a limit away. */
    synchronized void update(String name, JsonNode wanted) {
        ObjectNode bucket = stored(name);
        if (KEYS.stream().noneMatch(wanted::has)) {
            throw new Refusal(Reply.json(400, error("400", "Error", "body must match a schema in anyOf")));
        }
        KEYS.stream().filter(wanted::has).forEach(key -> bucket.set(key, wanted.get(key)));
        bucket.put("updated_at", Instant.now().toString());
    }

    synchronized ObjectNode required(String name) {
        return stored(name).deepCopy();
    }

    /** @return a setting: public, file_size_limit or allowed_mime_types; null JSON for none */
    public synchronized JsonNode setting(String name, String key) {
        return required(name).path(key);
    }

    public synchronized Set<String> names() {
        return new TreeSet<>(buckets.keySet());
    }

    /** What the Management API lists. */
    synchronized ArrayNode summaries() {
        ArrayNode list = list();
        list.forEach(bucket ->
                ((ObjectNode) bucket).retain("id", "name", "owner", "created_at", "updated_at", "public"));
        return list;
    }

    private ObjectNode stored(String name) {
        ObjectNode bucket = buckets.get(name);
        if (bucket == null) {
            throw new Refusal(Reply.json(400, error("404", "Bucket not found", "Bucket not found")));
        }
        return bucket;
    }

    synchronized ArrayNode list() {
        ArrayNode list = Json.array();
        buckets.values().forEach(bucket -> list.add(bucket.deepCopy()));
        return list;
    }

    static ObjectNode error(String statusCode, String error, String message) {
        return Json.object().put("statusCode", statusCode).put("error", error).put("message", message);
    }
}
