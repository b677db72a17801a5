package io.jenkins.plugins.supabase.local.standin;

/** Restore points of a project's database. */
final class BackupRoutes {
    private static final String RESTORE_POINT = "/v1/projects/{ref}/database/backups/restore-point";

    void addTo(Routes routes) {
        routes.guarded("POST " + RESTORE_POINT, "backups_write", this::create)
                .guarded("GET " + RESTORE_POINT, "backups_read", this::read);
    }

    private Reply create(Call call) {
        return Reply.json(201, call.project().restorePoints().create(call.request().json().path("name").asText()));
    }

    private Reply read(Call call) {
        return Reply.ok(call.project().restorePoints().read(call.request().parameter("name")));
    }
}
