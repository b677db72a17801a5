package io.jenkins.plugins.supabase.core.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Between the ledger's rows and its records. */
final class Rows {
    static final String EVENT_COLUMNS =
            "e.seq, e.id::text AS id, e.at, e.actor, e.kind, e.subject, e.payload::text AS payload, e.hash";

    /** Where there are audit events. */
    static final String EMERGENCY =
            """
            EXISTS (SELECT FROM supabase_delivery.audit_events x
                    WHERE x.subject = 'promotion/' || d.operation_id AND x.kind = 'promotion.emergency') AS emergency
            """;

    /** In the place of {@link #EMERGENCY}, where there are none. */
    static final String NO_EMERGENCY = "false AS emergency";

    static final String DEPLOYMENT_COLUMNS =
            """
            d.id, d.operation_id, d.attempts, d.kind, d.release_digest, d.release_version, d.previous_release_digest,
            d.previous_release_version, d.plan_digest, d.strategy, d.actor, d.build_url, d.controller, d.fencing_token,
            d.state, d.started_at, d.ended_at, d.heartbeat_at, d.lease_expires_at, d.message, d.interrupted_by,
            """
                    + EMERGENCY;

    /** A state that a newer plugin wrote may have more in it. */
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private Rows() {}

    static AuditEntry event(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("seq"),
                UUID.fromString(row.getString("id")),
                instant(row, "at"),
                row.getString("actor"),
                row.getString("kind"),
                row.getString("subject"),
                row.getString("payload"),
                row.getString("hash"));
    }

    static Deployment deployment(ResultSet row) throws SQLException {
        long interruptedBy = row.getLong("interrupted_by");
        boolean wasInterrupted = !row.wasNull();
        return new Deployment(
                row.getLong("id"),
                row.getString("operation_id"),
                row.getInt("attempts"),
                DeploymentKind.valueOf(row.getString("kind")),
                row.getString("release_digest"),
                row.getString("release_version"),
                row.getString("previous_release_digest"),
                row.getString("previous_release_version"),
                row.getString("plan_digest"),
                row.getString("strategy"),
                row.getString("actor"),
                row.getString("build_url"),
                row.getString("controller"),
                row.getLong("fencing_token"),
                DeploymentState.valueOf(row.getString("state")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                instant(row, "heartbeat_at"),
                instant(row, "lease_expires_at"),
                row.getString("message"),
                wasInterrupted ? interruptedBy : null,
                row.getBoolean("emergency"));
    }

    static DeploymentStep step(ResultSet row) throws SQLException {
        long millis = row.getLong("millis");
        boolean measured = !row.wasNull();
        return new DeploymentStep(
                row.getInt("ordinal"),
                row.getString("kind"),
                row.getString("subject"),
                StepState.valueOf(row.getString("state")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                measured ? millis : null,
                row.getString("detail"));
    }

    static SnapshotEntry snapshot(ResultSet row) throws SQLException {
        return new SnapshotEntry(
                row.getLong("deployment_id"),
                row.getString("kind"),
                row.getString("name"),
                row.getString("digest"),
                row.getLong("bytes"),
                instant(row, "taken_at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** @return null for null */
    static String json(EnvironmentState state) {
        try {
            return state == null ? null : JSON.writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of strings and numbers", e);
        }
    }

    /** @return null for null */
    static EnvironmentState state(String json) {
        try {
            return json == null ? null : JSON.readValue(json, EnvironmentState.class);
        } catch (JsonProcessingException e) {
            throw new DeliveryException("The ledger (schema " + Ledger.SCHEMA + ") holds a state of the environment"
                    + " that does not read as one: it was written by other hands. Verify the ledger; a deployment"
                    + " records a new state.");
        }
    }
}
