package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Compares decisions about promotions with their events. */
final class DecisionCheck {
    private static final String EDITED =
            """
            SELECT a.event_seq, a.decided_by, a.operation_id
            FROM supabase_delivery.approvals a LEFT JOIN supabase_delivery.audit_events e ON e.seq = a.event_seq
            WHERE (e.kind, e.actor, e.subject, e.payload ->> 'planDigest', e.payload ->> 'comment',
                   e.payload ->> 'emergency', e.payload ->> 'decidedAt')
                IS DISTINCT FROM
                  ('promotion.' || lower(a.decision), a.decided_by, 'promotion/' || a.operation_id, a.plan_digest,
                   a.comment, a.emergency::text,
                   to_char(a.decided_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
            ORDER BY a.event_seq
            """;
    private static final String GONE =
            """
            SELECT e.seq, e.actor, substr(e.subject, length('promotion/') + 1) FROM supabase_delivery.audit_events e
            WHERE e.kind IN ('promotion.approved', 'promotion.rejected')
              AND NOT EXISTS (SELECT FROM supabase_delivery.approvals a WHERE a.event_seq = e.seq)
            ORDER BY e.seq
            """;

    private DecisionCheck() {}

    static void run(Connection connection, LedgerVerifier.Findings findings) throws SQLException {
        each(connection, EDITED, findings, "is not what its event says: it was edited, or inserted by other hands");
        each(connection, GONE, findings, "is gone: it was removed, or its event was appended by other hands");
    }

    private static void each(Connection connection, String sql, LedgerVerifier.Findings findings, String what)
            throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                findings.add(row.getLong(1), "the decision of %s on the promotion %s %s"
                        .formatted(row.getString(2), row.getString(3), what));
            }
        }
    }
}
