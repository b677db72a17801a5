package io.jenkins.plugins.supabase.core.ledger;

/** Whether a deployment brings a release forward or goes back to an earlier one. */
public enum DeploymentKind {
    DEPLOY,
    ROLLBACK
}
