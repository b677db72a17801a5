package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.deploy.RollbackPlan;

/** A way back as its page shows it. */
public final class RollbackView extends TableView {
    private final RollbackPlan plan;

    RollbackView(RollbackPlan plan) {
        this.plan = plan;
    }

    public RollbackPlan getPlan() {
        return plan;
    }

    /** @return where from and where to */
    public String getSummary() {
        return plan.fromVersion() + " → " + plan.toVersion();
    }
}
