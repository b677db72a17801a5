package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import java.io.Serializable;

/**
 * How a release is deployed.
 *
 * @param skipFunctions whether edge functions are left as they are
 * @param prune         whether edge functions and secrets are deleted that the release does not have
 * @param trace         whether the plan includes the lock trace; an environment's policy can ask for it too
 * @param acceptDrift   whether what was changed by other ways is taken as the environment's state from now on
 * @param restorePoint  what is to be made before migrations that have no rollback file
 */
public record DeployOptions(
        boolean skipFunctions,
        boolean prune,
        boolean trace,
        boolean acceptDrift,
        OnFailure onFailure,
        Strategy strategy,
        RestorePointRule restorePoint)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final DeployOptions DEFAULT =
            new DeployOptions(
            false, false, false, false, OnFailure.ROLLBACK, Strategy.DIRECT, RestorePointRule.NONE);

    public DeployOptions withSkipFunctions(boolean value) {
        return new DeployOptions(value, prune, trace, acceptDrift, onFailure, strategy, restorePoint);
    }

    public DeployOptions withPrune(boolean value) {
        return new DeployOptions(skipFunctions, value, trace, acceptDrift, onFailure, strategy, restorePoint);
    }

    public DeployOptions withTrace(boolean value) {
        return new DeployOptions(skipFunctions, prune, value, acceptDrift, onFailure, strategy, restorePoint);
    }

    public DeployOptions withAcceptDrift(boolean value) {
        return new DeployOptions(skipFunctions, prune, trace, value, onFailure, strategy, restorePoint);
    }

    public DeployOptions withOnFailure(OnFailure value) {
        return new DeployOptions(skipFunctions, prune, trace, acceptDrift, value, strategy, restorePoint);
    }

    public DeployOptions withStrategy(Strategy value) {
        return new DeployOptions(skipFunctions, prune, trace, acceptDrift, onFailure, value, restorePoint);
    }

    public DeployOptions withRestorePoint(RestorePointRule value) {
        return new DeployOptions(skipFunctions, prune, trace, acceptDrift, onFailure, strategy, value);
    }
}
