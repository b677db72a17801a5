package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** The ledger's own connection, used by one thread at a time. When it was cut, work is done once more on a new one. */
final class LedgerSession implements AutoCloseable {
    private static final String CLOSED = "08003";

    private final ConnectionSource source;
    private final Duration answerTimeout;
    private final ReentrantLock lock = new ReentrantLock();
    private Connection connection;
    private boolean closed;

    LedgerSession(ConnectionSource source, Duration answerTimeout) {
        this.source = source;
        this.answerTimeout = answerTimeout;
    }

    /** Work that may be done again after a cut, as nobody can tell whether the server did it the first time. */
    @FunctionalInterface
    interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /**
     * @param doing for the message, after "could not"
     * @throws DeliveryException if it failed, or was cut twice
     */
    <T> T run(String doing, Work<T> work) {
        lock.lock();
        try {
            try {
                return attempt(work);
            } catch (LedgerFailure.Cut e) {
                discard();
                return attempt(work);
            } catch (SQLException e) {
                if (!LedgerFailure.isLost(e)) {
                    throw e;
                }
                discard();
                return attempt(work);
            }
        } catch (SQLException e) {
            throw LedgerFailure.of(doing, e);
        } finally {
            lock.unlock();
        }
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        if (closed) {
            throw new SQLException("The ledger is closed", CLOSED);
        }
        if (connection == null) {
            connection = connect();
        }
        return work.run(connection);
    }

    /**
     * The abort of a build must not keep its end out of the ledger, so an interrupt waits until the connection is
     * there.
     */
    private Connection connect() throws SQLException {
        boolean interrupted = Thread.interrupted();
        try {
            Connection fresh = source.open();
            fresh.setNetworkTimeout(Runnable::run, Math.toIntExact(answerTimeout.toMillis()));
            LedgerSchema.prepare(fresh);
            return fresh;
        } catch (InterruptedException e) {
            interrupted = true;
            throw new DeliveryException("The connection of the ledger was cut, and the build was aborted before there"
                    + " was a new one. What was recorded before stays; the deployment reads INTERRUPTED when its"
                    + " lease has run out.", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void discard() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // It was cut already.
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            discard();
        } finally {
            lock.unlock();
        }
    }
}
