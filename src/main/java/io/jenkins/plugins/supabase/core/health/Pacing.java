package io.jenkins.plugins.supabase.core.health;

import java.io.Serializable;
import java.time.Duration;

/**
 * How long and how hard a check asks.
 *
 * @param timeout        of the whole check, in which unhealthy probes are asked again
 * @param attemptTimeout of one attempt of one probe; a longer answer counts as unhealthy
 * @param firstPause     before the second round; doubles with each round
 * @param longestPause   between two rounds
 * @param concurrency    probes in flight at once, 1 to 500
 */
public record Pacing(
        Duration timeout, Duration attemptTimeout, Duration firstPause, Duration longestPause, int concurrency)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final Pacing DEFAULT = new Pacing(
            Duration.ofMinutes(2), Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofSeconds(15), 50);

    public Pacing {
        requirePositive("timeout", timeout);
        requirePositive("attemptTimeout", attemptTimeout);
        requirePositive("firstPause", firstPause);
        requirePositive("longestPause", longestPause);
        if (concurrency < 1 || concurrency > 500) {
            throw new IllegalArgumentException("concurrency must be 1 to 500 but is " + concurrency);
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than nothing but is " + duration);
        }
    }

    public Pacing withTimeout(Duration value) {
        return new Pacing(value, attemptTimeout, firstPause, longestPause, concurrency);
    }

    public Pacing withAttemptTimeout(Duration value) {
        return new Pacing(timeout, value, firstPause, longestPause, concurrency);
    }

    public Pacing withPauses(Duration first, Duration longest) {
        return new Pacing(timeout, attemptTimeout, first, longest, concurrency);
    }

    public Pacing withConcurrency(int value) {
        return new Pacing(timeout, attemptTimeout, firstPause, longestPause, value);
    }

    /** @param round 1 for the pause after the first round */
    Duration pauseAfter(int round) {
        Duration pause = firstPause;
        for (int i = 1; i < round && pause.compareTo(longestPause) < 0; i++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
