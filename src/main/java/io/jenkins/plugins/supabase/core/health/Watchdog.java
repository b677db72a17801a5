package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Interrupts work that has no deadline of its own. */
final class Watchdog implements AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "supabase-health-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Runs the work on the caller's thread.
     *
     * @param alarm ends the work where an interrupt does not reach it; must not block
     * @throws TimeoutException if the work ended because it was interrupted for having taken too long
     */
    <T> T watch(Duration budget, Runnable alarm, Callable<T> work) throws Exception {
        Watch watch = new Watch(Thread.currentThread(), alarm);
        ScheduledFuture<?> timer = clock.schedule(watch::ring, budget.toNanos(), TimeUnit.NANOSECONDS);
        try {
            return work.call();
        } catch (Exception e) {
            if (watch.end()) {
                throw new TimeoutException();
            }
            throw e;
        } finally {
            timer.cancel(false);
            watch.end();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /** Makes sure that an alarm never hits what its thread does after the work. */
    private static final class Watch {
        private final Thread thread;
        private final Runnable alarm;
        private boolean over;
        private boolean rung;

        Watch(Thread thread, Runnable alarm) {
            this.thread = thread;
            this.alarm = alarm;
        }

        synchronized void ring() {
            if (!over) {
                rung = true;
                thread.interrupt();
                alarm.run();
            }
        }

        /** @return whether the alarm had rung; its interrupt is then taken back */
        synchronized boolean end() {
            if (!over && rung) {
                Thread.interrupted();
            }
            over = true;
            return rung;
        }
    }
}
