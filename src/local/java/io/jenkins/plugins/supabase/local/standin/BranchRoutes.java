package io.jenkins.plugins.supabase.local.standin;

/** Preview branches: a project of the stand-in has none. */
final class BranchRoutes {
    void addTo(Routes routes) {
        routes.guarded(
                "GET /v1/projects/{ref}/branches", "branching_development_read", call -> Reply.ok(Json.array()));
    }
}
