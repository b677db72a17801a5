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
 * <p>No record, unlike its neighbours: Pipeline stores it with JBoss Marshalling, which restores records only in its
 * newer versions.
 */
public final class DeployPlan implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> pendingVersions;
    private final HashMap<String, Integer> functionVersions;
    private final long startedMillis;
    private final boolean resumed;

    public DeployPlan(List<String> pendingVersions, Map<String, Integer> functionVersions, long startedMillis) {
        this(pendingVersions, functionVersions, startedMillis, false);
    }

    private DeployPlan(
            List<String> pendingVersions, Map<String, Integer> functionVersions, long startedMillis, boolean resumed) {
        this.pendingVersions = new ArrayList<>(pendingVersions);
        this.functionVersions = new HashMap<>(functionVersions);
        this.startedMillis = startedMillis;
        this.resumed = resumed;
    }

    /** @return the same plan for a further attempt at it */
    public DeployPlan goingOn() {
        return new DeployPlan(pendingVersions, functionVersions, startedMillis, true);
    }

    /** @return versions of the migrations to apply, in order */
    public List<String> pendingVersions() {
        return List.copyOf(pendingVersions);
    }

    /** @return the version of each edge function that ran before, by slug */
    public Map<String, Integer> functionVersions() {
        return Map.copyOf(functionVersions);
    }

    /** @return when planning began, in milliseconds since 1970 */
    public long startedMillis() {
        return startedMillis;
    }

    /** @return whether an earlier attempt may have applied a part of this plan */
    public boolean resumed() {
        return resumed;
    }
}
