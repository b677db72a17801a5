package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** Looks, as often as it can, at what other sessions lock, or want to lock, in a database's own tables. */
final class LockWatch implements AutoCloseable {
    private final Connection connection;
    private final Thread thread;
    private final Set<String> seen = new ConcurrentSkipListSet<>();
    private volatile boolean done;

    private LockWatch(Connection connection) {
        this.connection = connection;
        this.thread = new Thread(this::watch, "lock-watch");
    }

    static LockWatch of(TestDatabase database) throws SQLException {
        LockWatch watch = new LockWatch(database.connect());
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT DISTINCT l.mode FROM pg_locks l
                WHERE l.locktype = 'relation' AND l.relation >= 16384 AND l.pid <> pg_backend_pid()
                  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                """)) {
            while (!done) {
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        seen.add(rows.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            seen.add(e.getMessage());
        }
    }

    Set<String> seen() {
        return seen;
    }

    @Override
    public void close() throws Exception {
        done = true;
        thread.join();
        connection.close();
    }
}
