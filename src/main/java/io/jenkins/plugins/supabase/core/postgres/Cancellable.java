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
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Runs JDBC work so that {@link Thread#interrupt()} ends it within 5 s: reading from a socket ignores interrupts, so the
 * work runs on a thread of its own, and the interrupted caller asks the server to cancel, and breaks the connection if
 * the server does not answer.
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

    /** Work on the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** @throws InterruptedException once the work has ended: the connection is usable again, or closed */
    public <T> T run(Work<T> work) throws SQLException, InterruptedException {
        return run(work, elapsed -> {});
    }

    /**
     * @param heartbeat is told now and then how long slow work has been running
     * @throws InterruptedException once the work has ended: the connection is usable again, or closed
     */
    public <T> T run(Work<T> work, Consumer<Duration> heartbeat) throws SQLException, InterruptedException {
        Future<T> future = worker.submit(() -> work.run(connection));
        try {
            for (long beats = 1; ; beats++) {
                try {
                    return resultOf(future);
                } catch (TimeoutException e) {
                    heartbeat.accept(HEARTBEAT.multipliedBy(beats));
                }
            }
        } catch (InterruptedException e) {
            cancel(future);
            throw e;
        }
    }

    private static <T> T resultOf(Future<T> future) throws SQLException, InterruptedException, TimeoutException {
        try {
            return future.get(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private void cancel(Future<?> future) {
        for (int attempt = 0; attempt < CANCEL_ATTEMPTS; attempt++) {
            try {
                connection.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                // Nobody answers there; the connection is broken below.
            }
            if (ends(future)) {
                return;
            }
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            // It was closed already.
        }
        ends(future);
    }

    private static boolean ends(Future<?> future) {
        try {
            future.get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            // A second interrupt changes nothing: the first one is being obeyed.
            return future.isDone();
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
