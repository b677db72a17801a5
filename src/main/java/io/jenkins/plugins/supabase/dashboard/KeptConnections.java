package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Connections of those who turn pages: opening one takes longer than a page does. They are few, and kept for a minute; each
 * is lent to one thread at a time.
 */
final class KeptConnections {
    private static final Logger LOGGER = Logger.getLogger(KeptConnections.class.getName());
    private static final int MOST = 8;
    private static final long NANOS = Duration.ofMinutes(1).toNanos();

    /** By the configuration itself: one that was changed leads to another connection. */
    private final Map<EnvironmentConfiguration, Idle> idle = new IdentityHashMap<>();

    private record Idle(Connection connection, long since) {}

    /** @return null where there is none */
    synchronized Connection take(EnvironmentConfiguration environment) {
        Idle kept = idle.remove(environment);
        return kept == null ? null : kept.connection();
    }

    void give(EnvironmentConfiguration environment, Connection connection) {
        if (!keep(environment, connection)) {
            close(connection);
        }
    }

    private synchronized boolean keep(EnvironmentConfiguration environment, Connection connection) {
        return idle.size() < MOST
                && idle.putIfAbsent(environment, new Idle(connection, System.nanoTime())) == null;
    }

    /** Closes those that nobody used for a minute. */
    void sweep() {
        long now = System.nanoTime();
        List<Connection> old = new ArrayList<>();
        synchronized (this) {
            idle.values().removeIf(kept -> now - kept.since() > NANOS && old.add(kept.connection()));
        }
        old.forEach(KeptConnections::close);
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOGGER.log(Level.FINE, "A connection did not end cleanly", e);
        }
    }
}
