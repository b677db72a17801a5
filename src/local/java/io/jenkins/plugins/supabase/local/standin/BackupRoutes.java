package io.jenkins.plugins.supabase.local.standin;

/** What the platform keeps of a project's database, and going back to it: daily backups and restore points. */
final class BackupRoutes {
    private static final String BACKUPS = "/v1/projects/{ref}/database/backups";
    private static final String RESTORE_POINT = BACKUPS + "/restore-point";

    void addTo(Routes routes) {
        routes.guarded("GET " + BACKUPS, "backups_read", call -> Reply.ok(call.project().managedBackups().json()))
                .guarded("POST " + BACKUPS + "/restore", "backups_write", this::restore)
                .guarded("POST " + BACKUPS + "/restore-pitr", "backups_write", this::restoreMoment)
                .guarded("POST " + BACKUPS + "/undo", "backups_write", this::undo)
                .guarded("POST " + RESTORE_POINT, "backups_write", this::create)
                .guarded("GET " + RESTORE_POINT, "backups_read", this::read);
    }

    private Reply restore(Call call) {
        call.project().managedBackups().restore(call.request().json().path("id").asLong());
        return Reply.empty(201);
    }

    private Reply restoreMoment(Call call) {
        call.project().managedBackups().restoreMoment(
                call.request().json().path("recovery_time_target_unix").asLong());
        return Reply.empty(201);
    }

    private Reply undo(Call call) {
        call.project().restorePoints().undo(call.request().json().path("name").asText());
        return Reply.empty(201);
    }

    private Reply create(Call call) {
        return Reply.json(201, call.project().restorePoints().create(call.request().json().path("name").asText()));
    }

    private Reply read(Call call) {
        return Reply.ok(call.project().restorePoints().read(call.request().parameter("name")));
    }
}
