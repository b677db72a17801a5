package io.jenkins.plugins.supabase.core.ledger;

import java.time.Duration;
import java.time.Instant;

/**
 * What runs in an environment, and since when without interruption. A deployment that changed nothing does not
 * interrupt it, nor does one of the same release that succeeded; any other does, also one that was taken back.
 *
 * @param releaseDigest of the last deployment that succeeded
 * @param first         the deployment that brought it, this time; 0 where it is not known what runs
 * @param newest        the last deployment that may have changed anything
 * @param state         of that deployment
 * @param since         by the server's clock; null where the newest deployment left it uncertain what runs
 * @param now           by the same clock
 */
public record Tenure(
        String releaseDigest,
        String releaseVersion,
        long first,
        long newest,
        DeploymentState state,
        Instant since,
        Instant now) {
    /** @return whether it is known what runs */
    public boolean certain() {
        return since != null;
    }

    public Duration length() {
        return Duration.between(since, now);
    }
}
