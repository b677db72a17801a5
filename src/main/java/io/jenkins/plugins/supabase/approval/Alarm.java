package io.jenkins.plugins.supabase.approval;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.Timer;

/** Wakes an approval at half of its time, and at the end of it. Holds no thread while it waits. */
final class Alarm {
    private static final Logger LOGGER = Logger.getLogger(Alarm.class.getName());

    private final Approval approval;
    private Future<?> next;
    private boolean off;

    private Alarm(Approval approval) {
        this.approval = approval;
    }

    static Alarm set(Approval approval) {
        Alarm alarm = new Alarm(approval);
        alarm.schedule();
        return alarm;
    }

    private synchronized void schedule() {
        OptionalLong millis = millisLeft(approval.record());
        if (!off && millis.isPresent()) {
            next = Timer.get().schedule(this::ring, millis.getAsLong(), TimeUnit.MILLISECONDS);
        }
    }

    /** @return until half of its time is over, or all of it, in milliseconds; empty where it waits for ever */
    static OptionalLong millisLeft(ApprovalRecord record) {
        Optional<Instant> expires = record.ballot().expires();
        if (expires.isEmpty()) {
            return OptionalLong.empty();
        }
        Instant end = expires.get();
        Instant since = Instant.ofEpochMilli(record.sinceMillis());
        Instant time = record.isHalfwayTold() ? end : since.plus(Duration.between(since, end).dividedBy(2));
        return OptionalLong.of(Math.max(0, Duration.between(Instant.now(), time).toMillis() + 1));
    }

    private void ring() {
        try {
            approval.clockStruck(Instant.now());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "What became of " + approval.url() + " could not be written", e);
        }
        if (approval.status() == ApprovalStatus.WAITING) {
            schedule();
        }
    }

    synchronized void off() {
        off = true;
        if (next != null) {
            next.cancel(false);
        }
    }
}
