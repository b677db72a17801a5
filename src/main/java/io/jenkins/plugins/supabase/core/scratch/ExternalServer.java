package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;

/** A server that administrators named for the purpose. */
record ExternalServer(ServerAddress address, int majorVersion, String description) implements ScratchServer {
    static ExternalServer open(ServerAddress address, int wanted) throws NoScratchServer, InterruptedException {
        try (Connection connection = address.open(null)) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (major < wanted) {
                throw new NoScratchServer("The server of scratchDatabaseUrl runs PostgreSQL " + major
                        + ", older than the"
                        + " environment's " + wanted + ": name one of version " + wanted + " or later.");
            }
            String version = connection.getMetaData().getDatabaseProductVersion();
            return new ExternalServer(address, major, "PostgreSQL " + version + " of scratchDatabaseUrl");
        } catch (DeliveryException | SQLException e) {
            throw new NoScratchServer("The server of scratchDatabaseUrl could not be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Connection connect(String database) throws SQLException {
        return address.connect(database);
    }

    @Override
    public void close() {
        // It was there before and stays.
    }
}
