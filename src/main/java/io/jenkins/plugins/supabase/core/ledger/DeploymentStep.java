package io.jenkins.plugins.supabase.core.ledger;

import java.time.Instant;

/**
 * A step as it stands in the ledger.
 *
 * @param ordinal from 1, in the order in which steps began
 * @param endedAt null while it runs
 * @param millis  by the server's clock; null while it runs
 */
public record DeploymentStep(
        int ordinal,
        String kind,
        String subject,
        StepState state,
        Instant startedAt,
        Instant endedAt,
        Long millis,
        String detail) {}
