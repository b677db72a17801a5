package io.jenkins.plugins.supabase.local.standin;

/** Secrets of edge functions. The write calls answer without a body. */
final class SecretRoutes {
    private static final String READ = "edge_functions_secrets_read";
    private static final String WRITE = "edge_functions_secrets_write";
    private static final String SECRETS = "/v1/projects/{ref}/secrets";

    void addTo(Routes routes) {
        routes.guarded("GET " + SECRETS, READ, call -> Reply.ok(call.project().secrets().list()))
                .guarded("POST " + SECRETS, WRITE, this::put)
                .guarded("DELETE " + SECRETS, WRITE, this::remove);
    }

    private Reply put(Call call) {
        call.project().secrets().put(call.request().json());
        return Reply.empty(201);
    }

    private Reply remove(Call call) {
        call.project().secrets().remove(call.request().json());
        return Reply.empty(200);
    }
}
