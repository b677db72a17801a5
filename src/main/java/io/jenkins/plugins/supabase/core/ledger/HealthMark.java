package io.jenkins.plugins.supabase.core.ledger;

import java.time.Instant;

/**
 * The last health check that an environment's ledger knows.
 *
 * @param verdict such as {@code HEALTHY}
 * @param failing the probes that failed and what came back; empty for none
 */
public record HealthMark(Instant at, String verdict, String failing) {
    public boolean healthy() {
        return verdict.equalsIgnoreCase("HEALTHY");
    }
}
