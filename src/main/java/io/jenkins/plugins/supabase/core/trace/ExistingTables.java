package io.jenkins.plugins.supabase.core.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tables that were there before the first pending migration, by their number in the scratch copy. */
final class ExistingTables {
    private static final String QUERY =
            """
            SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relkind
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            ORDER BY 2
            """;

    private final Map<Long, String> names = new LinkedHashMap<>();
    private final Map<Long, String> lockable = new LinkedHashMap<>();

    private ExistingTables() {}

    static ExistingTables read(Connection scratch) throws SQLException {
        ExistingTables tables = new ExistingTables();
        try (Statement statement = scratch.createStatement();
                ResultSet rows = statement.executeQuery(QUERY)) {
            while (rows.next()) {
                tables.names.put(rows.getLong(1), rows.getString(2));
                if (!rows.getString(3).equals("m")) {
                    tables.lockable.put(rows.getLong(1), rows.getString(2));
                }
            }
        }
        return tables;
    }

    boolean contains(long oid) {
        return names.containsKey(oid);
    }

    /** @return schema and name that it had before the first migration, and has in the target */
    String name(long oid) {
        return names.get(oid);
    }

    /** @return those that LOCK TABLE takes, by number */
    Map<Long, String> lockable() {
        return lockable;
    }
}
