package io.jenkins.plugins.supabase.local.standin;

final class Cors {
    private Cors() {}

    static Reply preflight() {
        return Reply.empty(200)
                .with("Access-Control-Allow-Origin", "*")
                .with("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD")
                .with("Access-Control-Allow-Headers", "authorization, x-client-info, apikey, content-type");
    }
}
