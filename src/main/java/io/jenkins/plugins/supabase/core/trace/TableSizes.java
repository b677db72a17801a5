package io.jenkins.plugins.supabase.core.trace;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How large tables of an environment are, as its catalogs and statistics have it: without a look into the tables, and
 * without a lock on them. A partitioned table is as large as its partitions.
 */
public final class TableSizes {
    /** None is known. */
    public static final TableSizes UNKNOWN = new TableSizes();

    private static final String QUERY =
            """
            WITH RECURSIVE t(name, oid) AS (
                SELECT w.name, c.oid
                FROM pg_catalog.unnest(?::text[]) w(name)
                JOIN (SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname) AS name
                      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      WHERE c.relkind IN ('r', 'p', 'm', 'f')) c ON c.name = w.name
                UNION
                SELECT t.name, i.inhrelid FROM t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.oid)
            SELECT t.name, sum(greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid), 0))::bigint,
                   sum((c.relpages::bigint + coalesce(x.pages, 0)) * current_setting('block_size')::bigint)::bigint
            FROM t
            JOIN pg_catalog.pg_class c ON c.oid = t.oid
            LEFT JOIN LATERAL (
                SELECT sum(i.relpages)::bigint AS pages FROM pg_catalog.pg_class i
                WHERE i.oid = c.reltoastrelid
                   OR i.oid IN (SELECT d.indexrelid FROM pg_catalog.pg_index d
                                WHERE d.indrelid = c.oid OR d.indrelid = nullif(c.reltoastrelid, 0))
            ) x ON true
            GROUP BY t.name
            """;

    private record Size(long rows, long bytes) {}

    private final Map<String, Size> sizes = new HashMap<>();

    private TableSizes() {}

    /** @param tables schema and name, quoted where that is needed */
    public static TableSizes read(Connection target, Collection<String> tables) throws SQLException {
        TableSizes sizes = new TableSizes();
        Array names = target.createArrayOf("text", tables.toArray());
        try (PreparedStatement statement = target.prepareStatement(QUERY)) {
            statement.setArray(1, names);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sizes.sizes.put(rows.getString(1), new Size(rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return sizes;
    }

    /** @return 0 where it is not known */
    public long rows(String table) {
        Size size = sizes.get(table);
        return size == null ? 0 : size.rows();
    }

    /** @return of the table with its indexes and TOAST; 0 where it is not known */
    public long bytes(String table) {
        Size size = sizes.get(table);
        return size == null ? 0 : size.bytes();
    }
}
