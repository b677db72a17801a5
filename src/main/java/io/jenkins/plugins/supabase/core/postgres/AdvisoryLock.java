package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.operation.Progress;
import java.sql.Connection;
import java.time.Duration;

/** The one lock of a database that every deployment holds, whichever controller started it. */
public final class AdvisoryLock implements AutoCloseable {
    private AdvisoryLock() {}

    /**
     * Takes the lock for the session of {@code connection}, asking again until the deadline; never waits inside the
     * server. The lock goes when this is closed, and with the connection at the latest.
     *
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException at the deadline, naming the holder
     */
    public static AdvisoryLock acquire(Connection connection, Duration deadline, Progress progress)
            throws InterruptedException {
        throw new UnsupportedOperationException("to be built");
    }

    /** Releases the lock; does nothing if the connection is gone, as the lock went with it. */
    @Override
    public void close() {}
}
