package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A project's storage buckets; objects in them come later. */
public final class StandInBuckets {
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

    synchronized ArrayNode list() {
        ArrayNode list = Json.array();
        buckets.values().forEach(bucket -> list.add(bucket.deepCopy()));
        return list;
    }

    static ObjectNode error(String statusCode, String error, String message) {
        return Json.object().put("statusCode", statusCode).put("error", error).put("message", message);
    }
}
