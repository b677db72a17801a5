package io.jenkins.plugins.supabase.core.management;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Until when calls must wait. The API counts each route on its own (recorded answers: {@code x-ratelimit-limit: 120},
 * {@code -remaining}, {@code -reset} in seconds, at most 60), so what remains is counted down here as calls are sent,
 * and the first call too many waits for the next window instead of being refused. A 429, which the API's documentation
 * says blocks every route of the user for the rest of the minute, holds all calls back.
 */
final class RateLimit {
    /** The API's window: a longer reset is no number of seconds to wait but something else. */
    private static final long LONGEST_RESET_SECONDS = 60;

    /** Resets are whole seconds, so that those of one window differ by up to one. */
    private static final long SAME_WINDOW_NANOS = Duration.ofMillis(1500).toNanos();

    private final Map<Operation, Budget> budgets = new EnumMap<>(Operation.class);
    private long heldUntil = System.nanoTime();
    private long announced;

    private static final class Budget {
        private int underWay;
        /** How many calls the window still has; null where no answer said. */
        private Long remaining;
        private long windowEnd;
    }

    /** How long the API asks a refused caller to wait; null where it does not say. */
    static Duration askedFor(Answer answer) {
        Long seconds = answer.number("Retry-After");
        if (seconds == null) {
            Long reset = answer.number("x-ratelimit-reset");
            seconds = reset == null ? null : Math.min(reset, LONGEST_RESET_SECONDS);
        }
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    /**
     * Takes one call out of what remains, if it may be sent now. Whoever got {@link Duration#ZERO} must call
     * {@link #observe} or {@link #lost} afterwards.
     *
     * @return zero, or how long to wait before asking again
     */
    synchronized Duration take(Operation operation) {
        Budget budget = budget(operation);
        long now = System.nanoTime();
        long wait = heldUntil - now;
        if (budget.remaining != null && budget.windowEnd - now <= 0) {
            budget.remaining = null;
        }
        if (budget.remaining != null && budget.remaining <= 0) {
            wait = Math.max(wait, budget.windowEnd - now);
        }
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        if (budget.remaining != null) {
            budget.remaining--;
        }
        budget.underWay++;
        return Duration.ZERO;
    }

    /** The answer to a call that was taken. Calls still under way may be counted in it or not: they are taken off. */
    synchronized void observe(Operation operation, Answer answer) {
        Budget budget = budget(operation);
        budget.underWay--;
        Long remaining = answer.number("x-ratelimit-remaining");
        Long reset = answer.number("x-ratelimit-reset");
        if (remaining == null || reset == null) {
            return;
        }
        long end = System.nanoTime() + Duration.ofSeconds(Math.min(reset, LONGEST_RESET_SECONDS)).toNanos();
        long left = remaining - budget.underWay;
        boolean sameWindow = budget.remaining != null && end - budget.windowEnd <= SAME_WINDOW_NANOS;
        budget.remaining = sameWindow ? Math.min(budget.remaining, left) : left;
        budget.windowEnd = sameWindow ? budget.windowEnd : end;
    }

    /** A call that was taken got no answer. */
    synchronized void lost(Operation operation) {
        budget(operation).underWay--;
    }

    synchronized void holdAll(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        heldUntil = end - heldUntil > 0 ? end : heldUntil;
    }

    /** So that callers that wait for the same moment do not come at the same moment. */
    static Duration jitter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(50, 250));
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

    private Budget budget(Operation operation) {
        return budgets.computeIfAbsent(operation, ignored -> new Budget());
    }
}
