package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;

/**
 * What one attempt found out about one subject.
 *
 * @param latency  of the attempt
 * @param definite asking again cannot change it, as with a rejected key
 * @param late     nothing was found out in the time that there was
 */
record Finding(Subject subject, Verdict verdict, Duration latency, String detail, boolean definite, boolean late) {
    static Finding healthy(Subject subject, Duration latency, String detail) {
        return new Finding(subject, Verdict.HEALTHY, latency, detail, true, false);
    }

    static Finding unhealthy(Subject subject, Duration latency, String detail) {
        return new Finding(subject, Verdict.UNHEALTHY, latency, detail, false, false);
    }

    static Finding hopeless(Subject subject, Duration latency, String detail) {
        return new Finding(subject, Verdict.UNHEALTHY, latency, detail, true, false);
    }

    static Finding late(Subject subject, Duration latency, Duration budget) {
        String detail = "no answer within " + HealthTable.seconds(budget.toMillis());
        return new Finding(subject, Verdict.UNHEALTHY, latency, detail, false, true);
    }
}
