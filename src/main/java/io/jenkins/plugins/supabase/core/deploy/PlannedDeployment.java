package io.jenkins.plugins.supabase.core.deploy;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * A plan on its way from planning to applying. Kept beside the build, so that a deployment that is interrupted goes on with
 * what was decided.
 *
 * <p>No record, unlike its neighbours: Pipeline stores it with JBoss Marshalling, which restores records only in its
 * newer versions.
 */
public final class PlannedDeployment implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String planJson;
    private final String planDigest;
    private final boolean empty;
    private final String releaseDigest;
    private final long ledgerPosition;
    private final HashMap<String, String> previousSecretCredentials;
    private final int apiCalls;
    private final long startedMillis;

    PlannedDeployment(
            String planJson,
            String planDigest,
            boolean empty,
            String releaseDigest,
            long ledgerPosition,
            Map<String, String> previousSecretCredentials,
            int apiCalls,
            long startedMillis) {
        this.planJson = planJson;
        this.planDigest = planDigest;
        this.empty = empty;
        this.releaseDigest = releaseDigest;
        this.ledgerPosition = ledgerPosition;
        this.previousSecretCredentials = new HashMap<>(previousSecretCredentials);
        this.apiCalls = apiCalls;
        this.startedMillis = startedMillis;
    }

    /** @return see {@code PlanJson} */
    public String planJson() {
        return planJson;
    }

    public String planDigest() {
        return planDigest;
    }

    /** @return whether there is nothing to do */
    public boolean isEmpty() {
        return empty;
    }

    /** @return of the bundle that was planned */
    public String releaseDigest() {
        return releaseDigest;
    }

    /** @return number of the newest deployment when the plan was made; 0 where there was none */
    long ledgerPosition() {
        return ledgerPosition;
    }

    /** @return whose time is counted from then on, for what waited for people in between */
    public PlannedDeployment startingAt(long millis) {
        return new PlannedDeployment(
                planJson, planDigest, empty, releaseDigest, ledgerPosition, previousSecretCredentials, apiCalls, millis);
    }

    /** @return credential ids of Jenkins by secret, as the running release named them; for {@code previousSecrets} */
    public Map<String, String> previousSecretCredentials() {
        return Map.copyOf(previousSecretCredentials);
    }

    /** @return to the Management API, for planning */
    int apiCalls() {
        return apiCalls;
    }

    /** @return when planning began, or what was planned; in milliseconds since 1970 */
    public long startedMillis() {
        return startedMillis;
    }
}
