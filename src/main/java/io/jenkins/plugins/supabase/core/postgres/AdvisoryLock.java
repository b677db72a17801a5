package io.jenkins.plugins.supabase.core.postgres;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The one lock of a database that every deployment holds, whichever controller started it. */
public final class AdvisoryLock implements AutoCloseable {
    /**
     * The upper half of the key of each lock that the plugin takes; the lower half leaves room for further locks. Neither is
     * ever to be changed: all versions of the plugin must meet at one key. PostgreSQL keeps advisory locks by database.
     */
    public static final int NAMESPACE = 0x53444C56;

    private static final int DEPLOYMENT = 1;

    private static final long FIRST_PAUSE_MILLIS = 250;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final long REPEAT_MILLIS = 60_000;

    private static final String HOLDER =
            """
            SELECT a.pid, coalesce(nullif(a.application_name, ''), 'an unnamed application'), a.usename,
                   a.client_addr, date_trunc('second', a.backend_start)::text
            FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %d AND l.objid = %d AND l.objsubid = 2
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
            """.formatted(NAMESPACE, DEPLOYMENT);

    private final Connection connection;

    private AdvisoryLock(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes the lock for the session of {@code connection}, asking again until the deadline; never waits inside the
     * server, where a waiting statement could not be told from a hanging one. The lock goes when this is closed, and with
     * the connection at the latest.
     *
     * @param deadline from now; zero asks once
     * @throws DeliveryException at the deadline, naming the holder
     */
    public static AdvisoryLock acquire(Connection connection, Duration deadline, Progress progress)
            throws InterruptedException {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        long nextReport = 0;
        try {
            while (!tryLock(connection)) {
                long waited = (System.nanoTime() - start) / 1_000_000;
                long left = deadline.toMillis() - waited;
                if (left <= 0) {
                    throw taken(connection, deadline);
                }
                if (waited >= nextReport) {
                    progress.line("Waiting up to " + inWords(Duration.ofMillis(left)) + " for another deployment of this"
                            + " database: " + holder(connection));
                    nextReport = waited + REPEAT_MILLIS;
                }
                Thread.sleep(Math.min(pause, left));
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            return new AdvisoryLock(connection);
        } catch (SQLException e) {
            throw new DeliveryException("The lock that keeps deployments of one database apart could not be taken: "
                    + e.getMessage() + ". Nothing was changed. Check the database, then run the build again.", e);
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        return ask(connection, "SELECT pg_catalog.pg_try_advisory_lock(%d, %d)".formatted(NAMESPACE, DEPLOYMENT));
    }

    private static boolean ask(Connection connection, String question) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static DeliveryException taken(Connection connection, Duration deadline) throws SQLException {
        return new DeliveryException("Another deployment still holds this database's lock after "
                + inWords(deadline) + ": " + holder(connection) + ". Nothing was changed. Wait for it to end; if its build is"
                + " gone, end that session (select pg_terminate_backend(pid)) and run the build again.");
    }

    private static String holder(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(HOLDER)) {
            if (!row.next()) {
                return "it has just ended";
            }
            String address = row.getString(4) == null ? "" : " from " + row.getString(4);
            String since = row.getString(5) == null ? "" : ", connected since " + row.getString(5);
            return "session " + row.getInt(1) + " of " + row.getString(2) + ", user " + row.getString(3) + address + since;
        }
    }

    private static String inWords(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds < 120 ? seconds + " s" : duration.toMinutes() + " min";
    }

    /** Releases the lock; does nothing if the connection is gone, as the lock went with it. */
    @Override
    public void close() {
        try {
            ask(connection, "SELECT pg_catalog.pg_advisory_unlock(%d, %d)".formatted(NAMESPACE, DEPLOYMENT));
        } catch (SQLException e) {
            System.getLogger(AdvisoryLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "The connection is gone, and the lock with it", e);
        }
    }
}
