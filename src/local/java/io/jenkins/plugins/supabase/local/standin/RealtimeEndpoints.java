package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The two HTTP calls of Realtime that need no WebSocket. */
final class RealtimeEndpoints {
    void addTo(Routes routes) {
        routes.open("GET /realtime/v1/api/tenants/{tenant}/health", this::health)
                .open("HEAD /realtime/v1/api/tenants/{tenant}/health", this::health)
                .open("GET /realtime/v1/api/ping", call -> Reply.ok(Json.object().put("message", "Success")));
    }

    private Reply health(Call call) {
        ProjectEndpoints.requireKey(call);
        ObjectNode body = Json.object();
        body.putObject("data")
                .put("healthy", true)
                .put("db_connected", true)
                .put("replication_connected", true)
                .put("connected_cluster", 1);
        return Reply.ok(body);
    }
}
