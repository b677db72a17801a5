package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Ends whoever is connected to databases, again and again. Who renames a database holds a lock that keeps new
 * connections waiting, and waits for those that are there to go: an application that reconnects at once cannot
 * slip in between.
 */
final class ConnectionEnder implements AutoCloseable {
    private static final long PAUSE_MILLIS = 50;

    private final Connection connection;
    private final String query;
    private final Thread thread = new Thread(this::work, "supabase-delivery-swap");
    private volatile boolean ended;

    ConnectionEnder(ServerDatabase server, List<String> databases) throws InterruptedException {
        connection = server.openMaintenance();
        query = "SELECT pid FROM pg_catalog.pg_stat_activity WHERE datname IN ("
                + databases.stream().map(name -> "'" + name.replace("'", "''") + "'").collect(Collectors.joining(", "))
                + ")";
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            while (!ended) {
                for (String pid : Rows.texts(connection, query)) {
                    end(pid);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (SQLException e) {
            // Without it, whoever renames says who is in the way.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(String pid) {
        try {
            Rows.texts(connection, "SELECT pg_catalog.pg_terminate_backend(" + pid + ")");
        } catch (SQLException e) {
            // Of a mightier user; others may go nevertheless.
            return;
        }
    }

    @Override
    public void close() throws SQLException {
        ended = true;
        boolean interrupted = Thread.interrupted();
        try {
            if (thread.isAlive()) {
                thread.join();
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            connection.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
