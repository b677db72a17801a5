package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.deploy.RollbackPlan;

/** Where a way back leads, found by one step of a build. */
public final class RollbackPage extends RecordPage {
    RollbackPage(String id, String environment) {
        super(id, environment);
    }

    @Override
    protected String kind() {
        return "supabase-rollback";
    }

    @Override
    protected String title() {
        return "Supabase way back";
    }

    @Override
    public String getIconFileName() {
        return "symbol-supabase-plan plugin-supabase-delivery";
    }

    /** @return null if the record was deleted, or is of a newer version of the plugin */
    public RollbackView getView() {
        String json = json();
        try {
            return json == null ? null : new RollbackView(RollbackPlan.read(json));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @return null where nobody went back */
    public DeploymentPage getDeployment() {
        return companion(DeploymentPage.class);
    }
}
