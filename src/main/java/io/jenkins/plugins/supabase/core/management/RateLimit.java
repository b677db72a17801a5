package io.jenkins.plugins.supabase.core.management;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Until when calls must wait. The API counts each route on its own (recorded answers: {@code x-ratelimit-limit: 120},
 * {@code -remaining}, {@code -reset} in seconds, at most 60); a 429, which its documentation says blocks every route
 * of the user for the rest of the minute, holds all calls back.
 */
final class RateLimit {
    /** The API's window: a longer reset is no number of seconds to wait but something else. */
    private static final long LONGEST_RESET_SECONDS = 60;

    private final Map<Operation, Long> until = new EnumMap<>(Operation.class);
    private long announced;

    /** How long the API asks a refused caller to wait; null where it does not say. */
    static Duration askedFor(Answer answer) {
        Long seconds = answer.number("Retry-After");
        if (seconds == null) {
            Long reset = answer.number("x-ratelimit-reset");
            seconds = reset == null ? null : Math.min(reset, LONGEST_RESET_SECONDS);
        }
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    synchronized void observe(Operation operation, Answer answer) {
        Long remaining = answer.number("x-ratelimit-remaining");
        Long reset = answer.number("x-ratelimit-reset");
        if (remaining != null && remaining == 0 && reset != null) {
            hold(operation, Duration.ofSeconds(Math.min(reset, LONGEST_RESET_SECONDS)));
        }
    }

    synchronized void holdAll(Duration time) {
        for (Operation operation : Operation.values()) {
            hold(operation, time);
        }
    }

    private void hold(Operation operation, Duration time) {
        until.merge(operation, System.nanoTime() + time.toNanos(), (a, b) -> a - b > 0 ? a : b);
    }

    /** @return how long a call must wait from now on; zero where it need not */
    synchronized Duration wait(Operation operation) {
        Long end = until.get(operation);
        long left = end == null ? 0 : end - System.nanoTime();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** @return whether a wait of this length has not been announced yet: several calls may wait for the same moment */
    synchronized boolean announce(Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        boolean news = announced == 0 || end - announced > Duration.ofSeconds(1).toNanos();
        if (news) {
            announced = end;
        }
        return news;
    }
}
