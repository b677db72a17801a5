package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ProjectStatus;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks, before anything is changed, for what would stop a deployment in its middle. What the access token may read has been
 * seen while planning, and that it may deploy functions while bundling; whether it may write the rest only writing tells.
 */
final class Preflight {
    /** The health check's, a function's and the ledger's own connections want room. */
    private static final int FREE_CONNECTIONS = 3;

    private static final String QUERY =
            """
            SELECT pg_catalog.pg_is_in_recovery(), pg_catalog.current_setting('transaction_read_only')::boolean,
                pg_catalog.current_setting('max_connections')::int
                    - pg_catalog.current_setting('superuser_reserved_connections')::int
                    - (SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE datid IS NOT NULL)::int
            """;

    private final Connection connection;
    private final ManagementClient client;

    /**
     * @param connection null where the environment's database cannot be reached
     * @param client     null where nothing of the platform is deployed
     */
    Preflight(Connection connection, ManagementClient client) {
        this.connection = connection;
        this.client = client;
    }

    /**
     * @return what was found, in one line
     * @throws DeliveryException if the deployment could not succeed
     */
    String run() throws InterruptedException {
        List<String> found = new ArrayList<>();
        if (client != null) {
            found.add(project());
        }
        if (connection != null) {
            found.add(database());
        }
        return String.join(", ", found);
    }

    private String project() throws InterruptedException {
        ProjectStatus project = client.project();
        if (!project.healthy()) {
            throw new DeliveryException("The project of the environment \"" + client.environment().name() + "\" is "
                    + project.status() + ", not ACTIVE_HEALTHY. Nothing was changed. Wait until it is up (a paused project is"
                    + " restored in its dashboard), then run the build again.");
        }
        return "project " + project.status();
    }

    private String database() {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            if (row.getBoolean(1) || row.getBoolean(2)) {
                throw new DeliveryException("The database is read-only" + (row.getBoolean(1) ? " (a standby)" : "")
                        + ". Nothing was changed. Supabase makes a database read-only when its disk is full: see the"
                        + " project's dashboard; for a replica, correct the environment's databaseUrl.");
            }
            if (row.getInt(3) < FREE_CONNECTIONS) {
                throw new DeliveryException("The database has " + row.getInt(3) + " connections left, and a deployment wants "
                        + FREE_CONNECTIONS + ". Nothing was changed. Close some, or run the build again later.");
            }
            return row.getInt(3) + " free connections";
        } catch (SQLException e) {
            throw new DeliveryException("The database could not be asked whether it can take a deployment: " + e.getMessage()
                    + ". Nothing was changed. Check the database, then run the build again.", e);
        }
    }
}
