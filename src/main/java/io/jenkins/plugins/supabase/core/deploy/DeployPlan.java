package io.jenkins.plugins.supabase.core.deploy;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a deployment found to do before it changed anything. Kept beside the build, so that a deployment that is
 * interrupted can still tell, at its end, what it did as a whole.
 *
 * @param pendingVersions  migrations to apply, in order
 * @param functionVersions the version of each edge function that ran before, by slug
 * @param startedMillis    when planning began, in milliseconds since 1970
 * @param resumed          whether an earlier attempt may have applied a part of this plan
 */
public record DeployPlan(
        List<String> pendingVersions, Map<String, Integer> functionVersions, long startedMillis, boolean resumed)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public DeployPlan {
        pendingVersions = new ArrayList<>(pendingVersions);
        functionVersions = new HashMap<>(functionVersions);
    }

    /** @return the same plan for a further attempt at it */
    public DeployPlan goingOn() {
        return new DeployPlan(pendingVersions, functionVersions, startedMillis, true);
    }
}
