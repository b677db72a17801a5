package io.jenkins.plugins.supabase.approval;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
        Optional<Instant> expires = approval.ballot().expires();
        if (off || expires.isEmpty()) {
            return;
        }
        Instant end = expires.get();
        Instant since = approval.since();
        Instant time = approval.record().isHalfwayTold()
                ? end
                : since.plus(Duration.between(since, end).dividedBy(2));
        long millis = Math.max(0, Duration.between(Instant.now(), time).toMillis() + 1);
        next = Timer.get().schedule(this::ring, millis, TimeUnit.MILLISECONDS);
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
