package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tables that somebody wants of a backup, with their partitions and heirs, in a database that has all tables. */
final class ChosenTables {
    private static final int TOGETHER = 100;
    private static final String NAME = "pg_catalog.concat_ws('.', n.nspname, c.relname)";

    /** Whether it was asked for by name; whether its rows are wanted, or its definition at least, by its partitions. */
    private static final String TABLES =
            """
            WITH RECURSIVE named AS (
                SELECT c.oid, {name} = ANY (?) AS asked FROM pg_catalog.pg_class c
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'f')
            ), down AS (
                SELECT oid FROM named WHERE asked
                UNION SELECT i.inhrelid FROM down JOIN pg_catalog.pg_inherits i ON i.inhparent = down.oid
            ), up AS (
                SELECT oid FROM down
                UNION SELECT i.inhparent FROM up JOIN pg_catalog.pg_inherits i ON i.inhrelid = up.oid)
            SELECT n.nspname, c.relname, pg_catalog.format('%I.%I', n.nspname, c.relname), {name}, named.asked,
                   c.oid IN (SELECT oid FROM down), c.oid IN (SELECT oid FROM up),
                   EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
                           AND d.objid = c.oid AND d.deptype = 'e')
            FROM named JOIN pg_catalog.pg_class c ON c.oid = named.oid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 3
            """.replace("{name}", NAME);

    private final Set<List<String>> withRows = new HashSet<>();
    private final List<String> others = new ArrayList<>();

    private ChosenTables() {}

    /**
     * @param names such as {@code public.orders}
     * @throws DeliveryException naming one that is not there, and what it may have been meant to be
     */
    static ChosenTables of(Connection connection, List<String> names) throws SQLException {
        ChosenTables chosen = new ChosenTables();
        List<String> all = new ArrayList<>();
        Set<String> missing = new HashSet<>(names);
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            Array asked = connection.createArrayOf("text", names.toArray());
            statement.setArray(1, asked);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    all.add(row.getString(4));
                    chosen.add(row);
                    missing.remove(row.getString(4));
                }
            }
        }
        for (String name : names) {
            if (missing.contains(name)) {
                throw unknown(name, all);
            }
        }
        return chosen;
    }

    /** @param all that there are */
    static DeliveryException unknown(String name, List<String> all) {
        String hint = NearestName.hint(name, all);
        return new DeliveryException("There is no table '" + name + "' in the backup" + (hint.isEmpty() ? "." : hint)
                + " Nothing was restored. Correct the name; it is written with its schema, as in 'public.orders'.");
    }

    private void add(ResultSet row) throws SQLException {
        if (row.getBoolean(6)) {
            withRows.add(List.of(row.getString(1), row.getString(2)));
        }
        // Tables of extensions come and go with those.
        if (!row.getBoolean(7) && !row.getBoolean(8)) {
            others.add(row.getString(3));
        }
    }

    List<BackupPart> of(List<BackupPart> parts) {
        return parts.stream().filter(part -> has(part.schema(), part.table())).toList();
    }

    boolean has(String schema, String table) {
        return withRows.contains(List.of(schema, table));
    }

    /** Drops all other tables, and what stands on them: views, and foreign keys once they are there. */
    void dropOthers(Connection connection) throws SQLException {
        for (int from = 0; from < others.size(); from += TOGETHER) {
            Rows.run(connection, "DROP TABLE IF EXISTS "
                    + String.join(", ", others.subList(from, Math.min(from + TOGETHER, others.size()))) + " CASCADE");
        }
    }
}
