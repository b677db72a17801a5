package io.jenkins.plugins.supabase.core.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;

/**
 * The record of what was deployed to an environment, kept in schema {@value #SCHEMA} of its own database, so that it
 * outlives every controller and two of them see the same. Safe for use by several threads.
 *
 * <p>A call whose connection is cut is made once more on a new connection, in such a way that nothing is recorded
 * twice.
 */
public final class Ledger implements LedgerWriter, AutoCloseable {
    /** The plugin's own schema, which no release may touch and which is no part of schema drift. */
    public static final String SCHEMA = "supabase_delivery";

    /** How many deployments keep their snapshots. */
    static final int KEPT_SNAPSHOTS = 10;

    /** How long health checks are kept: no soak is longer. */
    static final int KEPT_HEALTH_DAYS = 90;

    private static final String BEGIN = "supabase_delivery.begin_deployment(?::uuid, ?, ?, ?, ?, ?::jsonb, ?,"
            + " ?::json, ?, ?, ?, ?, ? * interval '1 millisecond')";
    private static final String APPEND =
            "SELECT " + Rows.EVENT_COLUMNS + " FROM supabase_delivery.append_event(?::uuid, ?, ?, ?, ?::jsonb) e";

    private static final String DECIDE = "SELECT " + Rows.EVENT_COLUMNS
            + " FROM supabase_delivery.record_decision(?::uuid, ?, ?, ?, ?, ?, ?, ?, ?::jsonb) e";
    private static final String HEALTH = "SELECT supabase_delivery.record_health(?::uuid, ?, ?, ?::jsonb, ?, ?, ?, ?,"
            + " ? * interval '1 day')";

    private final LedgerSession session;
    private final Lease lease;

    private Ledger(LedgerSession session, Lease lease) {
        this.session = session;
        this.lease = lease;
    }

    /**
     * Opens the ledger for writing, and creates or upgrades it first where that is needed.
     *
     * @throws DeliveryException if the schema is newer than this plugin, or may not be created
     */
    public static Ledger open(ConnectionSource source) {
        return open(source, Lease.DEFAULT);
    }

    public static Ledger open(ConnectionSource source, Lease lease) {
        LedgerSession session = new LedgerSession(source, lease.answerTimeout());
        try {
            session.run("be opened", connection -> {
                LedgerSchema.PLUGIN.upgrade(connection);
                return null;
            });
            return new Ledger(session, lease);
        } catch (DeliveryException e) {
            session.close();
            throw e;
        }
    }

    /**
     * Reads without ever writing; where there is no ledger, all answers are empty.
     *
     * @param connection in auto-commit mode, stays the caller's
     */
    public static LedgerReader read(Connection connection) {
        return LedgerReader.of(connection);
    }

    /** @return what the reader finds; {@code question} may be asked twice */
    public <T> T ask(Function<LedgerReader, T> question) {
        return session.run("be read", connection -> question.apply(LedgerReader.ofNewest(connection)));
    }

    /**
     * Records the start of a deployment by whoever holds the environment's advisory lock. Deployments that are still
     * open lost that lock, and are closed as INTERRUPTED; the one with the same operation id and release is resumed
     * instead, and keeps its plan.
     *
     * @return with a fencing token greater than all before, and a heartbeat until it is closed
     */
    public OpenDeployment begin(NewDeployment deployment) {
        UUID attempt = UUID.randomUUID();
        OpenDeployment.Opening opening = session.run("record the start of a deployment", connection -> {
            try (PreparedStatement call = connection.prepareStatement("SELECT * FROM " + BEGIN)) {
                bind(call, attempt, deployment);
                try (ResultSet row = call.executeQuery()) {
                    row.next();
                    return OpenDeployment.Opening.of(row);
                }
            }
        });
        return new OpenDeployment(session, lease, opening);
    }

    /**
     * Records, in one round trip, a deployment that found nothing to do.
     *
     * @param state null where it is as recorded before
     */
    public AuditEntry recordUnchanged(NewDeployment deployment, String message, EnvironmentState state) {
        UUID attempt = UUID.randomUUID();
        return session.run("record a deployment", connection -> {
            try (PreparedStatement call = connection.prepareStatement("SELECT " + Rows.EVENT_COLUMNS + " FROM " + BEGIN
                    + " b, LATERAL supabase_delivery.end_deployment(b.deployment_id, b.token, 'SUCCEEDED', ?,"
                    + " ?::jsonb, ?) e")) {
                int next = bind(call, attempt, deployment);
                call.setString(next, message);
                call.setString(next + 1, Rows.json(state));
                call.setInt(next + 2, KEPT_SNAPSHOTS);
                try (ResultSet row = call.executeQuery()) {
                    row.next();
                    return Rows.event(row);
                }
            }
        });
    }

    private int bind(PreparedStatement call, UUID attempt, NewDeployment deployment) throws SQLException {
        String[] values = {
            attempt.toString(),
            deployment.operationId(),
            deployment.kind().name(),
            deployment.release().digest(),
            deployment.release().version(),
            deployment.release().manifestJson(),
            deployment.planDigest(),
            deployment.planJson(),
            deployment.strategy(),
            deployment.actor(),
            deployment.buildUrl(),
            deployment.controller()
        };
        for (int i = 0; i < values.length; i++) {
            call.setString(i + 1, values[i]);
        }
        call.setLong(values.length + 1, lease.length().toMillis());
        return values.length + 2;
    }

    /** Appends to the audit chain; whoever else appends at the same time waits for it. */
    public AuditEntry append(AuditEvent event) {
        return append(event, UUID.randomUUID());
    }

    /** @param id of the event; where the chain has one of it already, that one is returned and nothing is appended */
    public AuditEntry append(AuditEvent event, UUID id) {
        return session.run("record an event", connection -> {
            try (PreparedStatement call = connection.prepareStatement(APPEND)) {
                call.setString(1, id.toString());
                call.setString(2, event.actor());
                call.setString(3, event.kind());
                call.setString(4, event.subject());
                call.setString(5, event.payload().toString());
                try (ResultSet row = call.executeQuery()) {
                    row.next();
                    return Rows.event(row);
                }
            }
        });
    }

    /**
     * Records a decision about a promotion with its audit event; the same decision again changes nothing.
     *
     * @param payload what else belongs to the event; holds no secret
     */
    public AuditEntry recordDecision(DecisionEntry decision, ObjectNode payload) {
        UUID id = UUID.randomUUID();
        return session.run("record a decision", connection -> {
            try (PreparedStatement call = connection.prepareStatement(DECIDE)) {
                call.setString(1, id.toString());
                call.setString(2, decision.operationId());
                call.setString(3, decision.planDigest());
                call.setString(4, decision.user());
                call.setString(5, decision.verdict().name());
                call.setObject(6, decision.at().atOffset(ZoneOffset.UTC));
                call.setString(7, decision.comment());
                call.setBoolean(8, decision.emergency());
                call.setString(9, payload.toString());
                try (ResultSet row = call.executeQuery()) {
                    row.next();
                    return Rows.event(row);
                }
            }
        });
    }

    @Override
    public void write(AuditEvent event, UUID id) {
        append(event, id);
    }

    @Override
    public void write(DecisionEntry decision, ObjectNode payload) {
        recordDecision(decision, payload);
    }

    /** Records what a health check found, and forgets checks of more than {@value #KEPT_HEALTH_DAYS} days ago. */
    public void recordHealth(HealthEntry check) {
        UUID id = UUID.randomUUID();
        session.run("record a health check", connection -> {
            try (PreparedStatement call = connection.prepareStatement(HEALTH)) {
                call.setString(1, id.toString());
                call.setString(2, check.verdict().name());
                call.setInt(3, check.probed());
                call.setString(4, PromotionRows.json(check.failing()));
                call.setLong(5, check.durationMillis());
                call.setObject(6, check.deployment(), Types.BIGINT);
                call.setString(7, check.actor());
                call.setString(8, check.buildUrl());
                call.setInt(9, KEPT_HEALTH_DAYS);
                call.execute();
            }
            return null;
        });
    }

    /** Closes the connection; open deployments can record nothing more. */
    @Override
    public void close() {
        session.close();
    }
}
