package io.jenkins.plugins.supabase.pages;

/** A backup that one step of a build made, verified or restored, or does at the moment. */
public final class BackupPage extends RecordPage {
    private final String step;

    /** @param step what a Jenkinsfile calls it */
    BackupPage(String id, String environment, String step) {
        super(id, environment);
        this.step = step;
    }

    @Override
    protected String kind() {
        return "supabase-backup";
    }

    @Override
    protected String title() {
        return switch (step) {
            case "verifyBackup" -> "Supabase backup verification";
            case "restoreBackup" -> "Supabase restore";
            default -> "Supabase backup";
        };
    }

    @Override
    public String getIconFileName() {
        return "symbol-supabase-backup plugin-supabase-delivery";
    }

    /** @return null if the record was deleted, or is of a newer version of the plugin */
    public BackupView getView() {
        String json = json();
        BackupRecord record = json == null ? null : BackupRecord.read(json);
        return record == null ? null : new BackupView(record, getObject().isBuilding());
    }
}
