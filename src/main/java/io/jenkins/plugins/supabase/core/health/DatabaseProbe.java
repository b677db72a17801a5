package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Connects, asks {@code select 1}, then how full the server is and how old its oldest transaction: an old one keeps
 * dead rows from being cleaned up and locks from being freed. The latency is that of connecting and {@code select 1}.
 */
final class DatabaseProbe extends SingleProbe implements AutoCloseable {
    private final Opener opener;
    private final DatabaseLimits limits;
    private final Watchdog watchdog;
    private Connection connection;
    private boolean closed;

    DatabaseProbe(Subject subject, Opener opener, DatabaseLimits limits, Watchdog watchdog) {
        super(subject);
        this.opener = opener;
        this.limits = limits;
        this.watchdog = watchdog;
    }

    /** Opens a connection of this probe's own, or fails with a {@link DeliveryException} that may have the cause. */
    interface Opener {
        Connection open() throws InterruptedException;
    }

    @Override
    Finding ask(Duration budget) throws InterruptedException {
        long start = System.nanoTime();
        try {
            return watchdog.watch(budget, this::abort, () -> look(start));
        } catch (TimeoutException e) {
            return late(since(start), budget);
        } catch (DeliveryException e) {
            return hopeless(e) ? hopeless(since(start), e.getMessage()) : unhealthy(since(start), e.getMessage());
        } catch (SQLException e) {
            return unhealthy(since(start), "SQLSTATE " + e.getSQLState() + " after connecting");
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends what is under way; it then fails with an {@link InterruptedException}. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        abort();
    }

    private Finding look(long start) throws SQLException, InterruptedException {
        try (Connection opened = opener.open();
                Statement statement = opened.createStatement()) {
            hold(opened);
            statement.execute("select 1");
            Duration latency = since(start);
            return judge(DatabaseLoad.read(statement), latency);
        } catch (SQLException e) {
            if (isClosed()) {
                throw new InterruptedException();
            }
            throw e;
        } finally {
            hold(null);
        }
    }

    private Finding judge(DatabaseLoad load, Duration latency) {
        String excess = load.excess(limits);
        return excess.isEmpty() ? healthy(latency, load.describe()) : unhealthy(latency, excess);
    }

    private synchronized void hold(Connection opened) throws InterruptedException {
        connection = opened;
        if (opened != null && closed) {
            throw new InterruptedException();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Closes the socket under whatever waits for it: pgjdbc does not notice interrupts while it reads. */
    private synchronized void abort() {
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                // Then it is closed already.
            }
        }
    }

    private static boolean hopeless(DeliveryException failure) {
        return failure.getCause() instanceof SQLException cause
                && cause.getSQLState() != null
                && (cause.getSQLState().startsWith("28") || cause.getSQLState().equals("3D000"));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
