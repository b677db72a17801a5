package io.jenkins.plugins.supabase.core.health;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a database that answers may still not exceed to count as healthy.
 *
 * @param connectionsUsed   share of {@code max_connections} taken by clients, above 0 and at most 1
 * @param oldestTransaction age of the oldest open transaction of any client
 */
public record DatabaseLimits(double connectionsUsed, Duration oldestTransaction) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** 90 % leaves room for the reserved superuser connections; 15 minutes is past any request a gateway waits for. */
    public static final DatabaseLimits DEFAULT = new DatabaseLimits(0.9, Duration.ofMinutes(15));

    public DatabaseLimits {
        if (!(connectionsUsed > 0 && connectionsUsed <= 1)) {
            throw new IllegalArgumentException(
                    "The limit of used connections must be above 0 and at most 1 but is " + connectionsUsed);
        }
        if (oldestTransaction.isNegative() || oldestTransaction.isZero()) {
            throw new IllegalArgumentException(
                    "The age limit of the oldest transaction must be longer than nothing but is " + oldestTransaction);
        }
    }
}
