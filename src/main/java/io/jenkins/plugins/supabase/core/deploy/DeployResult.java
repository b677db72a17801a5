package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a deployment did.
 *
 * @param migrations     that this deployment applied, in order; empty when none was pending
 * @param functions      every edge function of the project, changed or not
 * @param durationMillis from the plan's start to the end, waiting for the lock included
 */
public record DeployResult(
        String environment, List<MigrationOutcome> migrations, List<FunctionOutcome> functions, long durationMillis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public DeployResult {
        migrations = new ArrayList<>(migrations);
        functions = new ArrayList<>(functions);
    }

    /** @return whether the environment is different from before */
    public boolean changed() {
        return !migrations.isEmpty()
                || functions.stream().anyMatch(function -> function.change() != FunctionOutcome.Change.UNCHANGED);
    }
}
