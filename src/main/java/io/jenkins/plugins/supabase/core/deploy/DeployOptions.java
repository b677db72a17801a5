package io.jenkins.plugins.supabase.core.deploy;

import java.io.Serializable;

/**
 * How a release is deployed.
 *
 * @param skipFunctions whether edge functions are left as they are
 * @param prune         whether edge functions and secrets are deleted that the release does not have
 * @param trace         whether the plan includes the lock trace; an environment's policy can ask for it too
 * @param acceptDrift   whether what was changed by other ways is taken as the environment's state from now on
 */
public record DeployOptions(
        boolean skipFunctions, boolean prune, boolean trace, boolean acceptDrift, OnFailure onFailure, Strategy strategy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final DeployOptions DEFAULT =
            new DeployOptions(false, false, false, false, OnFailure.ROLLBACK, Strategy.DIRECT);

    public DeployOptions withSkipFunctions(boolean value) {
        return new DeployOptions(value, prune, trace, acceptDrift, onFailure, strategy);
    }

    public DeployOptions withPrune(boolean value) {
        return new DeployOptions(skipFunctions, value, trace, acceptDrift, onFailure, strategy);
    }

    public DeployOptions withTrace(boolean value) {
        return new DeployOptions(skipFunctions, prune, value, acceptDrift, onFailure, strategy);
    }

    public DeployOptions withAcceptDrift(boolean value) {
        return new DeployOptions(skipFunctions, prune, trace, value, onFailure, strategy);
    }

    public DeployOptions withOnFailure(OnFailure value) {
        return new DeployOptions(skipFunctions, prune, trace, acceptDrift, value, strategy);
    }

    public DeployOptions withStrategy(Strategy value) {
        return new DeployOptions(skipFunctions, prune, trace, acceptDrift, onFailure, value);
    }
}
