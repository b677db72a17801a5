package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Whether foreign keys hold, after rows came in while no trigger looked at them. */
final class ForeignKeys {
    /** By constraint, a query for one row whose reference leads nowhere. Partitions have the keys of their parents. */
    private static final String QUERIES =
            """
            SELECT pg_catalog.format('%I of table %s', f.conname, f.conrelid::regclass),
                   'SELECT 1 FROM ' || CASE WHEN c.relkind = 'r' THEN 'ONLY ' ELSE '' END || f.conrelid::regclass
                   || ' c WHERE ' || k.known || ' AND NOT EXISTS (SELECT FROM '
                   || CASE WHEN p.relkind = 'r' THEN 'ONLY ' ELSE '' END || f.confrelid::regclass || ' p WHERE '
                   || k.joined || ') LIMIT 1'
            FROM pg_catalog.pg_constraint f
            JOIN pg_catalog.pg_class c ON c.oid = f.conrelid JOIN pg_catalog.pg_class p ON p.oid = f.confrelid
            CROSS JOIN LATERAL (
                SELECT pg_catalog.string_agg(pg_catalog.format('c.%I IS NOT NULL', ca.attname), ' AND ') AS known,
                       pg_catalog.string_agg(pg_catalog.format('p.%I OPERATOR(%I.%s) c.%I', pa.attname, n.nspname,
                                                               o.oprname, ca.attname), ' AND ') AS joined
                FROM ROWS FROM (pg_catalog.unnest(f.conkey), pg_catalog.unnest(f.confkey),
                                pg_catalog.unnest(f.conpfeqop)) u(own, other, equal)
                JOIN pg_catalog.pg_attribute ca ON ca.attrelid = f.conrelid AND ca.attnum = u.own
                JOIN pg_catalog.pg_attribute pa ON pa.attrelid = f.confrelid AND pa.attnum = u.other
                JOIN pg_catalog.pg_operator o ON o.oid = u.equal
                JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace) k
            WHERE f.contype = 'f' AND f.convalidated AND f.conparentid = 0
              AND (f.conrelid IN (%1$s) OR f.confrelid IN (%1$s)
                   OR EXISTS (SELECT FROM pg_catalog.pg_constraint h WHERE h.conparentid = f.oid
                              AND (h.conrelid IN (%1$s) OR h.confrelid IN (%1$s))))
            ORDER BY 1
            """;

    private record Check(String name, String query) {}

    private ForeignKeys() {}

    /** @throws DeliveryException naming one that does not hold */
    static void check(Connection connection, TargetTables tables) throws SQLException {
        String queries = QUERIES.replace("%1$s", tables.oids());
        List<Check> checks =
                Rows.of(connection, queries, row -> new Check(row.getString(1), row.getString(2)));
        for (Check check : checks) {
            if (!Rows.texts(connection, check.query()).isEmpty()) {
                throw new DeliveryException("The backup was not restored, as the foreign key " + check.name()
                        + " would not hold: rows that stay, or that the backup has, refer to rows that are not there"
                        + " then. The database is as it was. Restore both of its tables, or everything.");
            }
        }
    }
}
