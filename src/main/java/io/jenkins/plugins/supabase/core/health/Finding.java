package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;

/**
 * What one attempt found out about one subject.
 *
 * @param latency  of the attempt
 * @param definite asking again cannot change it, as with a rejected key
 */
record Finding(Subject subject, Verdict verdict, Duration latency, String detail, boolean definite) {
    static Finding healthy(Subject subject, Duration latency, String detail) {
        return new Finding(subject, Verdict.HEALTHY, latency, detail, true);
    }

    static Finding unhealthy(Subject subject, Duration latency, String detail) {
        return new Finding(subject, Verdict.UNHEALTHY, latency, detail, false);
    }

    static Finding hopeless(Subject subject, Duration latency, String detail) {
        return new Finding(subject, Verdict.UNHEALTHY, latency, detail, true);
    }
}
