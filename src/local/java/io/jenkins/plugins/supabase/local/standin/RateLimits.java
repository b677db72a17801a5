package io.jenkins.plugins.supabase.local.standin;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The {@code x-ratelimit-*} headers, counted for each route and token as recorded answers of the real API suggest.
 * Nothing is refused until {@link #enforce} asks for it.
 */
public final class RateLimits {
    static final String MESSAGE = "ThrottlerException: Too Many Requests";

    private int limit = 120;
    private Duration window = Duration.ofMinutes(1);
    private boolean enforced;
    private final Map<String, Bucket> buckets = new HashMap<>();

    /** From now on, more than {@code limit} requests to one route within {@code window} are refused with 429. */
    public synchronized void enforce(int limit, Duration window) {
        this.limit = limit;
        this.window = window;
        this.enforced = true;
        buckets.clear();
    }

    static Reply exceeded() {
        return Reply.message(429, MESSAGE);
    }

    synchronized Verdict count(String route, String token) {
        long now = System.nanoTime();
        Bucket bucket = buckets.computeIfAbsent(route + " " + token, key -> new Bucket(now));
        if (now - bucket.start >= window.toNanos()) {
            bucket.start = now;
            bucket.used = 0;
        }
        bucket.used++;
        long resetSeconds = Math.max(1, ceilSeconds(window.toNanos() - (now - bucket.start)));
        // A client that counts down what remains would wait for the next window although nothing is refused.
        int remaining = Math.max(enforced ? 0 : limit / 2, limit - bucket.used);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ratelimit-limit", Integer.toString(limit));
        headers.put("x-ratelimit-remaining", Integer.toString(remaining));
        headers.put("x-ratelimit-reset", Long.toString(resetSeconds));
        boolean refused = enforced && bucket.used > limit;
        if (refused) {
            headers.put("Retry-After", Long.toString(resetSeconds));
        }
        return new Verdict(refused, headers);
    }

    private static long ceilSeconds(long nanos) {
        return (nanos + 999_999_999L) / 1_000_000_000L;
    }

    record Verdict(boolean refused, Map<String, String> headers) {}

    private static final class Bucket {
        private long start;
        private int used;

        Bucket(long start) {
            this.start = start;
        }
    }
}
