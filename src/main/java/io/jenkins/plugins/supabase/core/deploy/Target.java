package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.ledger.ConnectionSource;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** The ways into an environment that a deployment has. */
final class Target implements AutoCloseable {
    private final DeployRequest request;
    private final Connection connection;
    private final ManagementClient client;

    private Target(DeployRequest request, Connection connection, ManagementClient client) {
        this.request = request;
        this.connection = connection;
        this.client = client;
    }

    /** @throws DeliveryException if the database cannot be reached */
    static Target open(DeployRequest request, Progress progress) throws InterruptedException {
        Connection connection = request.access().databasePassword() == null
                ? null
                : Database.open(request.environment(), request.access());
        boolean platform = request.environment().hostedProject().isPresent() && request.access().accessToken() != null;
        ManagementClient client = platform
                ? new ManagementClient(
                        request.environment(),
                        request.access().accessToken(),
                        progress,
                        ManagementOptions.DEFAULT.withProxy(request.proxy()))
                : null;
        return new Target(request, connection, client);
    }

    /** @return in auto-commit mode; null where the environment has no credential for its database */
    Connection connection() {
        return connection;
    }

    /** @return null for a self-hosted stack, and where the environment has no access token */
    ManagementClient client() {
        return client;
    }

    ConnectionSource ledgerConnections() {
        return () -> Database.open(request.environment(), request.access());
    }

    int apiCalls() {
        return client == null ? 0 : client.calls();
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.getLogger(Target.class.getName())
                        .log(System.Logger.Level.DEBUG, "The connection was gone already", e);
            }
        }
    }
}
