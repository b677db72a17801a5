package io.jenkins.plugins.supabase.core.management;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Doubling pauses with jitter, so that callers that failed together do not come back together. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private int attempts;

    /** @return how many pauses there have been */
    public int attempts() {
        return attempts;
    }

    /** @return between half of the pause and the whole */
    public Duration next() {
        long pause = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(attempts, 20));
        attempts++;
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
    }
}
