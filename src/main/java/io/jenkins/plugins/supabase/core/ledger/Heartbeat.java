package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gives signs of life from a thread of its own, until it is closed or the lease is lost. */
final class Heartbeat implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(Heartbeat.class.getName());

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread daemon = new Thread(task, "supabase-delivery-heartbeat");
        daemon.setDaemon(true);
        return daemon;
    });
    private final Fence fence;

    private Heartbeat(Fence fence) {
        this.fence = fence;
    }

    static Heartbeat start(Fence fence, Lease lease) {
        Heartbeat heartbeat = new Heartbeat(fence);
        long pause = lease.heartbeat().toMillis();
        heartbeat.thread.scheduleWithFixedDelay(heartbeat::beat, pause, pause, TimeUnit.MILLISECONDS);
        return heartbeat;
    }

    private void beat() {
        try {
            if (!fence.renew()) {
                thread.shutdown();
            }
        } catch (DeliveryException e) {
            // The next beat may come in time; if none does, assertCurrent fails on the lease.
            LOGGER.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
