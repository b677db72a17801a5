package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.Progress;

/** Asks every part of an environment whether it works. Changes nothing. */
public final class HealthCheck {
    private HealthCheck() {}

    /**
     * Probes in parallel and asks the unhealthy again, with growing pauses, until all are healthy, only definite errors
     * (such as a rejected key) are left, or the request's timeout has passed. An unhealthy environment is a report, not
     * an exception.
     *
     * @throws InterruptedException within 5 s of an interrupt; nothing goes on in the background
     */
    public static HealthReport run(HealthRequest request, Progress progress) throws InterruptedException {
        throw new UnsupportedOperationException("being built");
    }
}
