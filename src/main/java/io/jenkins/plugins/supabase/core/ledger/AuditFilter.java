package io.jenkins.plugins.supabase.core.ledger;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which audit events to show, a page at a time, the newest first. Null means any.
 *
 * @param before  only events with a smaller seq: the last one of the page before, or {@link Long#MAX_VALUE}
 * @param kind    a kind, or the beginning of one that ends with a dot, such as {@code deployment.}
 * @param from    inclusive
 * @param until   exclusive
 * @param builds  only events of builds whose addresses begin like one of these; those of a deployment are its build's
 * @param limit   events of a page
 */
public record AuditFilter(
        long before,
        String actor,
        String kind,
        String subject,
        Instant from,
        Instant until,
        List<String> builds,
        int limit) {
    private static final String SQL = "SELECT " + Rows.EVENT_COLUMNS
            + """
             FROM supabase_delivery.audit_events e
            WHERE e.seq < ? AND (?::text IS NULL OR e.actor = ?) AND (?::text IS NULL OR e.kind = ?)
              AND (?::text IS NULL OR starts_with(e.kind, ?)) AND (?::text IS NULL OR e.subject = ?)
              AND e.at >= coalesce(?, '-infinity'::timestamptz) AND e.at < coalesce(?, 'infinity'::timestamptz)
              AND (?::text[] IS NULL OR EXISTS (
                  SELECT FROM unnest(?::text[]) AS place(address)
                  WHERE starts_with(coalesce(e.payload ->> 'build', (
                      SELECT d.build_url FROM supabase_delivery.deployments d
                      WHERE d.id = substring(e.subject FROM '^deployment/([0-9]{1,18})$')::bigint)), place.address)))
            ORDER BY e.seq DESC LIMIT ?
            """;

    /** @return the newest events of all kinds */
    public static AuditFilter newest(int limit) {
        return new AuditFilter(Long.MAX_VALUE, null, null, null, null, null, null, limit);
    }

    String sql() {
        return SQL;
    }

    void bind(PreparedStatement statement) throws SQLException {
        boolean beginning = kind != null && kind.endsWith(".");
        String whole = beginning ? null : kind;
        String prefix = beginning ? kind : null;
        String[] texts = {actor, actor, whole, whole, prefix, prefix, subject, subject};
        statement.setLong(1, before);
        for (int i = 0; i < texts.length; i++) {
            statement.setString(i + 2, texts[i]);
        }
        int next = texts.length + 2;
        statement.setObject(next, from == null ? null : from.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setObject(
                next + 1, until == null ? null : until.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE);
        Array places = builds == null ? null : statement.getConnection().createArrayOf("text", builds.toArray());
        statement.setArray(next + 2, places);
        statement.setArray(next + 3, places);
        statement.setInt(next + 4, limit);
    }
}
