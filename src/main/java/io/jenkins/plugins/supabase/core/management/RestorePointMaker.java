package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.time.Duration;
import java.util.Optional;

/** Has the platform make a restore point, and waits until it is there. */
public final class RestorePointMaker {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final ManagementClient client;
    private final Duration patience;

    public RestorePointMaker(ManagementClient client) {
        this(client, PATIENCE);
    }

    public RestorePointMaker(ManagementClient client, Duration patience) {
        this.client = client;
        this.patience = patience;
    }

    /**
     * @param name of at most {@link RestorePoint#LONGEST_NAME} characters, which no other one has
     * @return available
     * @throws DeliveryException if none came about
     */
    public RestorePoint make(String name) throws InterruptedException {
        return await(begin(name));
    }

    /** Like {@link #make}, where an earlier attempt may have begun it. */
    public RestorePoint makeOrFind(String name) throws InterruptedException {
        Optional<RestorePoint> found = client.restorePoint(name);
        return found.isPresent() ? await(found.get()) : make(name);
    }

    private RestorePoint await(RestorePoint begun) throws InterruptedException {
        String name = begun.name();
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        RestorePoint point = begun;
        while (point.pending() && System.nanoTime() < deadline) {
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            point = client.restorePoint(name).orElse(point);
        }
        if (!point.available()) {
            throw new DeliveryException("Supabase made no restore point " + name + " of the environment \""
                    + client.environment().name() + "\": "
                    + (point.pending()
                            ? "it was not available after " + patience.toSeconds() + " s."
                            : "its status is " + point.status() + "."));
        }
        return point;
    }

    /** An answer that was lost on its way may have been that one is being made. */
    private RestorePoint begin(String name) throws InterruptedException {
        try {
            return client.createRestorePoint(name);
        } catch (ManagementException e) {
            if (e.answered()) {
                throw e;
            }
            return client.restorePoint(name).orElseThrow(() -> e);
        }
    }
}
