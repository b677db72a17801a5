package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/** Lets a deployment write as long as no later one has begun. */
final class Fence {
    /**
     * Begins a statement that writes something for the deployment: {@code lease} has a row only while it is the current
     * one. Every write is a sign of life, too, but revives no lease that has run out.
     */
    static final String LEASE =
            """
            WITH lease AS (
                UPDATE supabase_delivery.deployments SET heartbeat_at = clock_timestamp(),
                    lease_expires_at = CASE WHEN lease_expires_at > clock_timestamp()
                        THEN clock_timestamp() + ? * interval '1 millisecond' ELSE lease_expires_at END
                WHERE id = ? AND fencing_token = ? AND state = 'RUNNING' RETURNING id)
            """;

    static final int LEASE_PARAMETERS = 3;

    private static final String SIGN_OF_LIFE =
            """
            UPDATE supabase_delivery.deployments SET heartbeat_at = clock_timestamp(),
                lease_expires_at = clock_timestamp() + ? * interval '1 millisecond'
            WHERE id = ? AND fencing_token = ? AND state = 'RUNNING' AND lease_expires_at > clock_timestamp()
            """;

    private static final String SNAPSHOTS_TAKEN =
            """
            UPDATE supabase_delivery.deployments SET snapshots_taken_at = clock_timestamp()
            WHERE id = ? AND fencing_token = ? AND state = 'RUNNING'
            """;

    private final LedgerSession session;
    private final Lease lease;
    private final long id;
    private final long token;

    Fence(LedgerSession session, Lease lease, long id, long token) {
        this.session = session;
        this.lease = lease;
        this.id = id;
        this.token = token;
    }

    /** Sets the parameters of a statement that begins with {@link #LEASE}, and of others after it. */
    @FunctionalInterface
    interface Parameters {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /**
     * @param sql without {@link #LEASE}, parameters from {@link #LEASE_PARAMETERS} + 1
     * @return number of rows written
     */
    int write(String doing, String sql, Parameters parameters) {
        return session.run(doing, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(LEASE + sql)) {
                bind(statement);
                parameters.bind(statement);
                return statement.executeUpdate();
            }
        });
    }

    /** @return whether it was written */
    boolean declareSnapshots() {
        return session.run("record that snapshots are complete", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(SNAPSHOTS_TAKEN)) {
                statement.setLong(1, id);
                statement.setLong(2, token);
                return statement.executeUpdate() == 1;
            }
        });
    }

    /** @return whether the lease goes on */
    boolean renew() {
        return session.run("be reached for a sign of life", this::renew);
    }

    private boolean renew(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SIGN_OF_LIFE)) {
            bind(statement);
            return statement.executeUpdate() == 1;
        }
    }

    private void bind(PreparedStatement statement) throws SQLException {
        statement.setLong(1, lease.length().toMillis());
        statement.setLong(2, id);
        statement.setLong(3, token);
    }

    void assertCurrent() {
        if (!renew()) {
            throw lost();
        }
    }

    /** @return why this deployment may not write any more */
    DeliveryException lost() {
        return session.run("be read", connection -> {
            LedgerReader reader = LedgerReader.ofNewest(connection);
            Optional<Deployment> own = reader.deployment(id);
            if (own.isEmpty()) {
                return new DeliveryException("Deployment " + id + " is no longer in the ledger (schema " + Ledger.SCHEMA
                        + "): somebody removed it while it ran. It changes nothing more. Find out who did, then run"
                        + " the build again.");
            }
            return own.get().fencingToken() != token || own.get().interruptedBy() != null
                    ? takenOver(own.get(), reader.newest())
                    : own.get().state() == DeploymentState.INTERRUPTED ? expired(own.get()) : ended(own.get());
        });
    }

    private DeliveryException takenOver(Deployment own, Optional<Deployment> newest) {
        String holder = newest.orElse(own).id() == id
                ? "the same build, resumed on " + own.controller()
                : newest.orElse(own).holder();
        return new DeliveryException("Deployment " + id + " is no longer the current one of its environment: " + holder
                + " took over, as this one had lost the environment's lock. It changes nothing more; what it did"
                + " before stays, and is for the other to go on from. Look at the other's build.");
    }

    private DeliveryException expired(Deployment own) {
        return new DeliveryException("Deployment " + id + " could give no sign of life for longer than its lease of "
                + lease.length().toSeconds() + " s (the last one at " + own.heartbeatAt() + "), so that others must"
                + " take it for interrupted. It changes nothing more; what it did before stays. Check the"
                + " connection to the database, then run the build again.");
    }

    private static DeliveryException ended(Deployment own) {
        return new DeliveryException("Deployment " + own.id() + " has ended already (" + own.state() + " at "
                + own.endedAt() + "), and records nothing more.");
    }
}
