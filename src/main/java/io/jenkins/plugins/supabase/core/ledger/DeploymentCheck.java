package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Compares deployments with what the last event of each says of it. */
final class DeploymentCheck {
    private static final int ROWS_AT_A_TIME = 500;

    /** The digest is the function {@code deployment_digest}'s, written here again: the stored one may be another. */
    private static final String DIGESTS =
            """
            SELECT e.seq, e.subject, e.payload ->> 'digest', e.payload ->> 'snapshots', d.id IS NOT NULL,
                encode(sha256(convert_to(jsonb_build_object(
                    'id', d.id, 'operation', d.operation_id, 'attempts', d.attempts, 'kind', d.kind,
                    'release', d.release_digest, 'previous', d.previous_release_digest,
                    'version', r.version, 'manifest', r.manifest,
                    'planDigest', d.plan_digest, 'plan', d.plan::text,
                    'strategy', d.strategy, 'actor', d.actor, 'build', d.build_url, 'controller', d.controller,
                    'token', d.fencing_token, 'state', d.state, 'started', d.started_at, 'ended', d.ended_at,
                    'message', d.message, 'interruptedBy', d.interrupted_by, 'environmentState', d.environment_state,
                    'steps', (SELECT jsonb_agg(jsonb_build_array(s.ordinal, s.kind, s.subject, s.state,
                                                                 s.started_at, s.ended_at, s.millis, s.detail)
                                               ORDER BY s.ordinal)
                              FROM supabase_delivery.steps s WHERE s.deployment_id = d.id)
                )::text, 'UTF8')), 'hex'),
                (SELECT encode(sha256(convert_to(
                    jsonb_agg(jsonb_build_array(s.kind, s.name, s.digest)
                              ORDER BY s.kind COLLATE "C", s.name COLLATE "C")::text, 'UTF8')), 'hex')
                 FROM supabase_delivery.snapshots s WHERE s.deployment_id = d.id)
            FROM supabase_delivery.audit_events e
            LEFT JOIN supabase_delivery.deployments d ON e.subject = 'deployment/' || d.id
            LEFT JOIN supabase_delivery.releases r ON r.digest = d.release_digest
            WHERE e.kind IN ('deployment.ended', 'deployment.interrupted')
            """;

    private static final String WITHOUT_END =
            """
            SELECT d.id FROM supabase_delivery.deployments d
            WHERE d.state <> 'RUNNING' AND NOT EXISTS (
                SELECT FROM supabase_delivery.audit_events e
                WHERE e.subject = 'deployment/' || d.id AND e.kind IN ('deployment.ended', 'deployment.interrupted'))
            """;

    private static final String WITHOUT_START =
            """
            SELECT d.id FROM supabase_delivery.deployments d
            WHERE NOT EXISTS (
                SELECT FROM supabase_delivery.audit_events e
                WHERE e.subject = 'deployment/' || d.id AND e.kind = 'deployment.started')
            """;

    private static final String GONE =
            """
            SELECT e.seq, e.subject FROM supabase_delivery.audit_events e
            WHERE e.kind = 'deployment.started' AND NOT EXISTS (
                SELECT FROM supabase_delivery.deployments d WHERE 'deployment/' || d.id = e.subject)
              AND NOT EXISTS (
                SELECT FROM supabase_delivery.audit_events l
                WHERE l.subject = e.subject AND l.kind IN ('deployment.ended', 'deployment.interrupted'))
            """;

    private static final String TWICE =
            """
            SELECT max(e.seq), e.subject FROM supabase_delivery.audit_events e
            WHERE e.kind IN ('deployment.ended', 'deployment.interrupted') GROUP BY e.subject HAVING count(*) > 1
            """;

    private static final String STATES =
            """
            SELECT e.seq, e.subject FROM supabase_delivery.audit_events e
            JOIN supabase_delivery.environment_states s ON s.digest = e.payload ->> 'environmentState'
            WHERE e.kind = 'deployment.ended'
              AND s.digest <> encode(sha256(convert_to(s.state::text, 'UTF8')), 'hex')
            """;

    private DeploymentCheck() {}

    /** @param connection in a transaction whose time zone is UTC */
    static void run(Connection connection, LedgerVerifier.Findings findings) throws SQLException {
        each(connection, DIGESTS, row -> compare(row, findings));
        each(connection, WITHOUT_START, row -> findings.add(0, "deployment/" + row.getLong(1)
                + " has no event of its start: it was inserted by other hands"));
        each(connection, WITHOUT_END, row -> findings.add(0, "deployment/" + row.getLong(1)
                + " has ended, but no event says so: its state was changed by other hands"));
        each(connection, GONE, row -> findings.add(row.getLong(1), row.getString(2) + " is gone: it was removed"));
        each(connection, TWICE, row -> findings.add(
                row.getLong(1), row.getString(2) + " ended before: this event was appended by other hands"));
        each(connection, STATES, row -> findings.add(
                row.getLong(1), "the environment's state that " + row.getString(2) + " recorded was edited"));
    }

    private static void compare(ResultSet row, LedgerVerifier.Findings findings) throws SQLException {
        long seq = row.getLong(1);
        String subject = row.getString(2);
        String snapshots = row.getString(7);
        if (!row.getBoolean(5)) {
            findings.add(seq, subject + " is gone: it was removed");
        } else if (!row.getString(6).equals(row.getString(3))) {
            findings.add(seq, subject + " is not what it was at its end: its row, release, plan or steps were edited");
        } else if (snapshots != null && !snapshots.equals(row.getString(4))) {
            findings.add(seq, "the snapshots of " + subject + " are not those that it had at its end");
        }
    }

    @FunctionalInterface
    private interface Each {
        void accept(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String sql, Each each) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(ROWS_AT_A_TIME);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    each.accept(rows);
                }
            }
        }
    }
}
