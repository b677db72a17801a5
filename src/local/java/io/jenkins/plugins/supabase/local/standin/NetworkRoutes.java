package io.jenkins.plugins.supabase.local.standin;

import com.fasterxml.jackson.databind.JsonNode;

/** TLS enforcement and network restrictions. */
final class NetworkRoutes {
    private static final String SSL = "/v1/projects/{ref}/ssl-enforcement";
    private static final String RESTRICTIONS = "/v1/projects/{ref}/network-restrictions";
    private static final String READ_RESTRICTIONS = "database_network_restrictions_read";
    private static final String WRITE_RESTRICTIONS = "database_network_restrictions_write";

    void addTo(Routes routes) {
        routes.guarded("GET " + SSL, "database_ssl_config_read", call -> Reply.ok(call.project().network().ssl()))
                .guarded("PUT " + SSL, "database_ssl_config_write", this::enforceSsl)
                .guarded("GET " + RESTRICTIONS, READ_RESTRICTIONS, this::restrictions)
                .guarded("PATCH " + RESTRICTIONS, WRITE_RESTRICTIONS, this::change)
                .guarded("POST " + RESTRICTIONS + "/apply", WRITE_RESTRICTIONS, this::apply);
    }

    private Reply enforceSsl(Call call) {
        JsonNode wanted = call.request().json().path("requestedConfig").path("database");
        if (!wanted.isBoolean()) {
            throw new Refusal(400, "requestedConfig.database: Required");
        }
        call.project().network().sslEnforced(wanted.asBoolean());
        return Reply.ok(call.project().network().ssl());
    }

    private Reply restrictions(Call call) {
        return Reply.ok(call.project().network().restrictions());
    }

    private Reply change(Call call) {
        JsonNode json = call.request().json();
        return Reply.ok(call.project().network().change(json.path("add"), json.path("remove")));
    }

    private Reply apply(Call call) {
        return Reply.json(201, call.project().network().apply(call.request().json()));
    }
}
