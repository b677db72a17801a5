package io.jenkins.plugins.supabase.pages;

/** What a deployment to an environment did, or does at the moment. */
public final class DeploymentPage extends RecordPage {
    DeploymentPage(String id, String environment) {
        super(id, environment);
    }

    @Override
    protected String kind() {
        return "supabase-deployment";
    }

    @Override
    protected String title() {
        return isRollback() ? "Supabase rollback" : "Supabase deployment";
    }

    @Override
    public String getIconFileName() {
        return "symbol-supabase-deployment plugin-supabase-delivery";
    }

    /** @return null if the record was deleted, or is of a newer version of the plugin */
    public DeploymentView getView() {
        String json = json();
        DeploymentRecord record = json == null ? null : DeploymentRecord.read(json);
        return record == null ? null : new DeploymentView(record, getObject().isBuilding());
    }

    private boolean isRollback() {
        return getObject() != null && companion(RollbackPage.class) != null;
    }

    /** @return null where nothing was planned before */
    public RecordPage getPlan() {
        PlanPage plan = companion(PlanPage.class);
        return plan == null ? companion(RollbackPage.class) : plan;
    }
}
