package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which migrations would stay when their deployment is taken back, and whether there will be a restore point before them.
 *
 * @param staying  names of files, in order
 * @param platform whether there is a Management API that can be asked for one
 */
public record RestorePointPlan(RestorePointRule rule, List<String> staying, boolean platform) {
    /**
     * @param comparison null where the database cannot be reached
     * @param rollbacks  versions that have a rollback file
     */
    public static RestorePointPlan of(
            RestorePointRule rule, MigrationComparison comparison, Set<String> rollbacks, boolean platform) {
        List<String> staying = comparison == null
                ? List.of()
                : comparison.pending().stream()
                        .filter(file -> !rollbacks.contains(file.version()))
                        .map(MigrationFile::fileName)
                        .toList();
        return new RestorePointPlan(rule, staying, platform);
    }

    /** @return whether one is to be made before anything is changed */
    public boolean wanted() {
        return rule != RestorePointRule.NONE && !staying.isEmpty();
    }

    Optional<String> note() {
        if (staying.isEmpty() || !platform && rule != RestorePointRule.IF_POSSIBLE) {
            return Optional.empty();
        }
        String text = "Without a file in supabase/rollbacks, "
                + (staying.size() == 1 ? staying.get(0) + " stays" : Count.of(staying.size(), "migration") + " stay")
                + " when the deployment is taken back. ";
        if (!platform) {
            return Optional.of(text + "No restore point can be made before: that takes a hosted project and an access token.");
        }
        return Optional.of(text
                + (wanted()
                        ? "A restore point is made before anything is changed (restorePoint: '" + rule.word() + "')."
                        : "supabaseDeploy makes a restore point before, with restorePoint: 'ifPossible'."));
    }

    Optional<String> refusal(String environment) {
        return rule == RestorePointRule.REQUIRED && !staying.isEmpty() && !platform
                ? Optional.of("The deployment wants a restore point (restorePoint: 'required') before "
                        + String.join(", ", staying) + ", and the environment \"" + environment + "\" can have none: that takes"
                        + " a hosted project and an access token. Nothing was changed. Write files in supabase/rollbacks, let"
                        + " an administrator set accessTokenCredentialsId, or deploy with another restorePoint.")
                : Optional.empty();
    }
}
