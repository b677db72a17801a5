package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.plan.Plan;

/** Keeps a deployment from beginning. */
@FunctionalInterface
public interface DeploymentGuard {
    /**
     * Asked under the environment's lock, once the environment was looked at anew; not asked again for a deployment that
     * has begun and goes on after an interruption.
     *
     * @param plan   what would be done now; without findings and lock trace
     * @param ledger of the environment
     * @throws RuntimeException to leave everything as it is
     */
    void check(Plan plan, Ledger ledger) throws InterruptedException;
}
