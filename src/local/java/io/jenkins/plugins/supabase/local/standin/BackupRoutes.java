package io.jenkins.plugins.supabase.local.standin;

/** What the platform keeps of a project's database: daily backups and restore points. */
final class BackupRoutes {
    private static final String BACKUPS = "/v1/projects/{ref}/database/backups";
    private static final String RESTORE_POINT = BACKUPS + "/restore-point";

    void addTo(Routes routes) {
        routes.guarded("GET " + BACKUPS, "backups_read", call -> Reply.ok(call.project().managedBackups().json()))
                .guarded("POST " + RESTORE_POINT, "backups_write", this::create)
                .guarded("GET " + RESTORE_POINT, "backups_read", this::read);
    }

    private Reply create(Call call) {
        return Reply.json(201, call.project().restorePoints().create(call.request().json().path("name").asText()));
    }

    private Reply read(Call call) {
        return Reply.ok(call.project().restorePoints().read(call.request().parameter("name")));
    }
}
