package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.config.Variables;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.core.secret.WantedSecret;
import java.util.List;

/**
 * What a plan is made of, besides the environment's present state.
 *
 * @param project       the release's folder, unpacked
 * @param variables     for {@code env(NAME)}
 * @param secrets       that the edge functions shall have
 * @param skipFunctions whether edge functions are left as they are
 * @param prune         whether functions and secrets are deleted that the release does not have
 * @param expandOnly    whether migrations must only add, as the functions of two releases use the database at once
 * @param restorePoint  what is to be made before migrations that have no rollback file
 * @param scratch       where the lock trace runs; null where none is wanted
 */
public record PlanInputs(
        Environment environment,
        Access access,
        DeployPolicy policy,
        ReleaseSummary release,
        SupabaseProject project,
        Variables variables,
        List<WantedSecret> secrets,
        boolean skipFunctions,
        boolean prune,
        boolean expandOnly,
        RestorePointRule restorePoint,
        ScratchServers scratch) {
    public PlanInputs {
        secrets = List.copyOf(secrets);
    }
}
