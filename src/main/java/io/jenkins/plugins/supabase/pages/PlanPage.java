package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.plan.PlanJson;

/** What a deployment to an environment would change, found by one step of a build. */
public final class PlanPage extends RecordPage {
    PlanPage(String id, String environment) {
        super(id, environment);
    }

    @Override
    protected String kind() {
        return "supabase-plan";
    }

    @Override
    protected String title() {
        return "Supabase plan";
    }

    @Override
    public String getIconFileName() {
        return "symbol-supabase-plan plugin-supabase-delivery";
    }

    /** @return null if the record was deleted, or is of a newer version of the plugin */
    public PlanView getView() {
        String json = json();
        try {
            return json == null ? null : new PlanView(PlanJson.read(json));
        } catch (DeliveryException e) {
            return null;
        }
    }

    /** @return null where the plan was only looked at */
    public DeploymentPage getDeployment() {
        return companion(DeploymentPage.class);
    }
}
