package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What a project has been given: API keys, add-ons, buckets. */
final class AccountRoutes {
    private static final String PROJECT = "/v1/projects/{ref}";

    void addTo(Routes routes) {
        routes.guarded("GET " + PROJECT + "/api-keys", "api_gateway_keys_read", this::keys)
                .guarded("GET " + PROJECT + "/storage/buckets", "storage_read", this::buckets)
                .guarded("GET " + PROJECT + "/billing/addons", "infra_add_ons_read", this::addons);
    }

    private Reply keys(Call call) {
        ProjectKeys keys = call.project().keys();
        boolean reveal = call.request().flag("reveal");
        ArrayNode list = Json.array();
        list.add(legacy("anon", keys.anon()));
        list.add(legacy("service_role", keys.serviceRole()));
        list.add(current("publishable", keys.publishable(), true, call.project()));
        ObjectNode secret = current("secret", keys.secret(), reveal, call.project());
        secret.putObject("secret_jwt_template").put("role", "service_role");
        return Reply.ok(list.add(secret));
    }

    private Reply buckets(Call call) {
        return Reply.ok(call.project().buckets().summaries());
    }

    private static ObjectNode legacy(String role, String key) {
        ObjectNode json = Json.object().put("name", role).put("api_key", key).put("id", role).put("type", "legacy");
        json.put("hash", Digests.sha256(key)).put("prefix", key.substring(key.length() - 5));
        return json.put("description", "Legacy " + role + " API key");
    }

    private static ObjectNode current(String type, String key, boolean reveal, StandInProject project) {
        String prefix = key.substring(0, key.lastIndexOf('_') + 6);
        UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        ObjectNode json = Json.object().put("id", id.toString());
        json.put("name", "default").put("type", type).put("api_key", reveal ? key : prefix + "·".repeat(8));
        json.putNull("description").putNull("secret_jwt_template");
        json.put("hash", Digests.sha256(key)).put("prefix", prefix);
        return json.put("inserted_at", project.createdAt()).put("updated_at", project.createdAt());
    }

    private Reply addons(Call call) {
        ObjectNode json = Json.object();
        ObjectNode compute = json.putArray("selected_addons").addObject().put("type", "compute_instance");
        ObjectNode variant = compute.putObject("variant").put("id", "ci_micro").put("name", "Micro");
        variant.putObject("meta").put("cpu_cores", 2).put("memory_gb", 1).put("connections_direct", 60);
        variant.putObject("price")
                .put("description", "$0.01344/hour (~$10/month)")
                .put("amount", 0.01344)
                .put("interval", "hourly")
                .put("type", "usage");
        json.putArray("available_addons");
        return Reply.ok(json);
    }
}
