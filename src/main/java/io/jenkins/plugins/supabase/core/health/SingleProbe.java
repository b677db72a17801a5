package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;
import java.util.List;

/** A question with one answer. */
abstract class SingleProbe implements Probe {
    private final Subject subject;

    SingleProbe(Subject subject) {
        this.subject = subject;
    }

    @Override
    public final List<Subject> subjects() {
        return List.of(subject);
    }

    @Override
    public final List<Finding> ask(List<Subject> open, Clock clock) throws InterruptedException {
        return List.of(ask(clock.attempt()));
    }

    abstract Finding ask(Duration budget) throws InterruptedException;

    final Finding healthy(Duration latency, String detail) {
        return Finding.healthy(subject, latency, detail);
    }

    final Finding unhealthy(Duration latency, String detail) {
        return Finding.unhealthy(subject, latency, detail);
    }

    final Finding hopeless(Duration latency, String detail) {
        return Finding.hopeless(subject, latency, detail);
    }

    final Finding late(Duration latency, Duration budget) {
        return Finding.late(subject, latency, budget);
    }
}
