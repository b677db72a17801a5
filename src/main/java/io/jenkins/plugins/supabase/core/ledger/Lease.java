package io.jenkins.plugins.supabase.core.ledger;

import java.time.Duration;

/**
 * How a running deployment shows that it lives. Both are measured by the server's clock.
 *
 * @param heartbeat pause between two signs of life, shorter than {@code length}
 * @param length    after its last sign of life, how long a deployment counts as running
 */
public record Lease(Duration heartbeat, Duration length) {
    public static final Lease DEFAULT = new Lease(Duration.ofSeconds(10), Duration.ofSeconds(60));

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(5);

    public Lease {
        if (heartbeat.isNegative() || heartbeat.isZero() || heartbeat.compareTo(length) >= 0) {
            throw new IllegalArgumentException("a heartbeat of " + heartbeat + " does not keep a lease of " + length);
        }
    }

    /** @return how long an answer of the server may take, so that a dead connection is noticed within the lease */
    Duration answerTimeout() {
        Duration third = length.dividedBy(3);
        return third.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : third;
    }
}
