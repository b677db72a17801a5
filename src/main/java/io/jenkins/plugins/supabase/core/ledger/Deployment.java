package io.jenkins.plugins.supabase.core.ledger;

import java.time.Instant;

/**
 * A deployment as it stands in the ledger, without its plan.
 *
 * @param id              from 1, without gaps, in the order in which deployments began
 * @param attempts        1, and one more for each time that it was resumed
 * @param previousDigest  of the release that the environment held before; null where the ledger knew none
 * @param previousVersion of that release; null like it
 * @param state           as it is now, see {@link DeploymentState#INTERRUPTED}
 * @param endedAt         null while it runs; when its lease ran out, for one that nobody has closed yet
 * @param message         empty while it runs
 * @param interruptedBy   the deployment that found it open; null where none did
 * @param emergency       whether it came of a promotion that went past conditions of a gate
 */
public record Deployment(
        long id,
        String operationId,
        int attempts,
        DeploymentKind kind,
        String releaseDigest,
        String releaseVersion,
        String previousDigest,
        String previousVersion,
        String planDigest,
        String strategy,
        String actor,
        String buildUrl,
        String controller,
        long fencingToken,
        DeploymentState state,
        Instant startedAt,
        Instant endedAt,
        Instant heartbeatAt,
        Instant leaseExpiresAt,
        String message,
        Long interruptedBy,
        boolean emergency) {
    /** @return whether it came to an end that it recorded itself */
    public boolean endedByItself() {
        return state != DeploymentState.RUNNING && state != DeploymentState.INTERRUPTED;
    }

    /** @return who holds it, for messages */
    public String holder() {
        String build = buildUrl.isEmpty() ? "" : ", build " + buildUrl;
        return "deployment " + id + " of " + actor + build + ", on " + controller + ", begun at " + startedAt;
    }
}
