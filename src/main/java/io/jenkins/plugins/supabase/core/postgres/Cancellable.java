package io.jenkins.plugins.supabase.core.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;

/**
 * Runs JDBC work so that {@link Thread#interrupt()} ends it within 5 s: reading from a socket ignores interrupts, so the
 * work runs on a thread of its own, and the interrupted caller interrupts that thread, asks the server to cancel, and
 * breaks the connection if the server does not answer.
 */
public final class Cancellable implements AutoCloseable {
    private static final int CANCEL_ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 1_000;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Connection connection;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "supabase-delivery-sql");
        thread.setDaemon(true);
        return thread;
    });

    public Cancellable(Connection connection) {
        this.connection = connection;
    }

    /** Work on the connection, to end when its thread is interrupted, between two statements at the latest. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException, InterruptedException;
    }

    /** @throws InterruptedException once the work has ended: the connection is usable again, or closed */
    public <T> T run(Work<T> work) throws SQLException, InterruptedException {
        return run(work, () -> {});
    }

    /**
     * @param heartbeat is called every 15 s as long as the work goes on
     * @throws InterruptedException once the work has ended: the connection is usable again, or closed
     */
    public <T> T run(Work<T> work, Runnable heartbeat) throws SQLException, InterruptedException {
        Future<T> future = worker.submit(() -> work.run(connection));
        try {
            while (true) {
                try {
                    return future.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    heartbeat.run();
                }
            }
        } catch (InterruptedException e) {
            cancel();
            throw e;
        } catch (ExecutionException e) {
            throw asThrown(e.getCause());
        }
    }

    private static SQLException asThrown(Throwable failure) throws InterruptedException {
        if (failure instanceof SQLException sql) {
            return sql;
        }
        if (failure instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        throw new IllegalStateException(failure);
    }

    private void cancel() {
        worker.shutdownNow();
        for (int attempt = 0; attempt < CANCEL_ATTEMPTS; attempt++) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                // Nobody answers there; the connection is broken below.
            }
            if (hasEnded()) {
                return;
            }
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It was closed already.
        }
        hasEnded();
    }

    private boolean hasEnded() {
        try {
            return worker.awaitTermination(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            // A second interrupt changes nothing: the first one is being obeyed.
            return worker.isTerminated();
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
