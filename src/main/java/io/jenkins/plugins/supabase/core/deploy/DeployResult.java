package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a deployment, or a rollback, did. Holds no secret.
 *
 * @param message        one paragraph for people: for one that failed, what is live and what is not, and what to do next
 * @param deployment     its number in the environment's ledger; 0 where the environment has none
 * @param releaseVersion of the release that it brought, or tried to bring
 * @param releaseDigest  of that release's bundle
 * @param planJson       that was applied, see {@code PlanJson}; null for a rollback
 * @param steps          in the order in which they ended, those of an automatic rollback at the end
 * @param migrations     that were applied, in order; empty when none was pending
 * @param functions      every edge function of the release, changed or not; empty where none was looked at
 * @param health         null where it was not asked for or not reached
 * @param apiCalls       to the Management API, those for the plan included
 * @param durationMillis from the plan's start to the end, waiting for the lock included
 */
public record DeployResult(
        String environment,
        Outcome outcome,
        String message,
        long deployment,
        String releaseVersion,
        String releaseDigest,
        String planJson,
        List<StepReport> steps,
        List<MigrationOutcome> migrations,
        List<FunctionOutcome> functions,
        HealthReport health,
        int apiCalls,
        long durationMillis)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** How it ended. */
    public enum Outcome {
        SUCCEEDED,
        /** There was nothing to do. */
        UNCHANGED,
        FAILED,
        /** It failed, and what was changed is as it was before. */
        ROLLED_BACK
    }

    public DeployResult {
        steps = new ArrayList<>(steps);
        migrations = new ArrayList<>(migrations);
        functions = new ArrayList<>(functions);
    }

    /** @return whether the environment holds the release now */
    public boolean succeeded() {
        return outcome == Outcome.SUCCEEDED || outcome == Outcome.UNCHANGED;
    }

    /** @return name of the restore point that was made before anything was changed; null where none was */
    public String restorePoint() {
        return steps.stream()
                .filter(step -> step.kind().equals(StepReport.RESTORE_POINT) && step.done())
                .map(StepReport::subject)
                .reduce((one, next) -> next)
                .orElse(null);
    }

    /** @return whether the environment is different from before */
    public boolean changed() {
        return outcome == Outcome.SUCCEEDED || outcome == Outcome.FAILED;
    }
}
