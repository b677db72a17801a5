package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.PlatformSchemas;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables of a database whose rows are replaced by those of a backup. */
final class TargetTables {
    /**
     * PostgreSQL truncates a table only together with all that reference it: one that is referenced by a table whose rows
     * stay, or are deleted, or that the user may not truncate, has its rows deleted. Extensions keep what they put into
     * their tables themselves.
     */
    private static final String TABLES =
            """
            WITH wanted AS (
                SELECT w.schema, w.name, c.oid
                FROM ROWS FROM (pg_catalog.unnest(?::text[]), pg_catalog.unnest(?::text[])) w(schema, name)
                LEFT JOIN (pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n
                           ON n.oid = c.relnamespace AND c.relkind = 'r')
                    ON n.nspname = w.schema AND c.relname = w.name)
            SELECT w.schema, w.name, w.oid,
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = w.oid
                         AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
                   EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass
                           AND d.objid = w.oid AND d.deptype = 'e'),
                   pg_catalog.has_schema_privilege((SELECT relnamespace FROM pg_catalog.pg_class WHERE oid = w.oid),
                                                   'USAGE')
                       AND pg_catalog.has_table_privilege(w.oid, 'INSERT')
                       AND (pg_catalog.has_table_privilege(w.oid, 'TRUNCATE')
                            OR pg_catalog.has_table_privilege(w.oid, 'DELETE')),
                   pg_catalog.has_table_privilege(w.oid, 'TRUNCATE'),
                   ARRAY(SELECT f.conrelid::bigint FROM pg_catalog.pg_constraint f
                         WHERE f.contype = 'f' AND f.confrelid = w.oid)
            FROM wanted w ORDER BY w.schema, w.name
            """;

    private final List<Table> tables = new ArrayList<>();
    private final List<String> left = new ArrayList<>();

    private record Table(QualifiedName name, long oid, boolean mayBeTruncated, List<Long> referencedBy) {}

    private TargetTables() {}

    /**
     * @param wanted columns that are loaded, by table; none where the backup has no rows
     * @throws DeliveryException naming what the database lacks
     */
    static TargetTables of(Connection connection, Map<QualifiedName, List<String>> wanted) throws SQLException {
        TargetTables found = new TargetTables();
        List<String> problems = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TABLES)) {
            List<QualifiedName> names = List.copyOf(wanted.keySet());
            statement.setArray(1, connection.createArrayOf(
                    "text", names.stream().map(QualifiedName::schema).toArray()));
            statement.setArray(2, connection.createArrayOf(
                    "text", names.stream().map(QualifiedName::name).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    QualifiedName name = new QualifiedName(row.getString(1), row.getString(2));
                    found.add(name, wanted.get(name), row, problems);
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new DeliveryException("The backup does not fit the database that is there: "
                    + String.join("; ", problems) + ". Nothing was changed. Bring the database to the release that ran"
                    + " when the backup was made, as with rollbackDeployment, or restore into a new database.");
        }
        return found;
    }

    private void add(QualifiedName name, List<String> columns, ResultSet row, List<String> problems)
            throws SQLException {
        if (row.getObject(3) == null) {
            problems.add("there is no table " + name);
            return;
        }
        List<String> there = Arrays.asList((String[]) row.getArray(4).getArray());
        List<String> missing = columns.stream().filter(column -> !there.contains(column)).toList();
        if (row.getBoolean(5)) {
            left.add(name + " (of an extension)");
        } else if (!missing.isEmpty()) {
            problems.add("table " + name + " has no column " + String.join(", ", missing));
        } else if (row.getBoolean(6)) {
            tables.add(new Table(
                    name, row.getLong(3), row.getBoolean(7),
                    List.of((Long[]) row.getArray(8).getArray())));
        } else if (PlatformSchemas.contains(name.schema())) {
            left.add(name + " (no privilege)");
        } else {
            problems.add("the user may not write table " + name);
        }
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    boolean has(String schema, String table) {
        return tables.stream().anyMatch(one -> one.name().equals(new QualifiedName(schema, table)));
    }

    /** @return tables that stay as they are, and why */
    List<String> left() {
        return left;
    }

    /** @return for {@code IN (…)}; never empty */
    String oids() {
        return tables.isEmpty() ? "0" : tables.stream().map(table -> String.valueOf(table.oid()))
                .collect(Collectors.joining(", "));
    }

    /** @return quoted, one table after the other, each {@code ONLY} itself */
    String list() {
        return tables.stream().map(table -> "ONLY " + table.name().quoted()).collect(Collectors.joining(", "));
    }

    /** @return statements that take all rows away */
    List<String> emptying() {
        List<String> statements = new ArrayList<>();
        List<Table> together = truncated();
        String truncated = together.stream()
                .map(table -> "ONLY " + table.name().quoted()).collect(Collectors.joining(", "));
        if (!truncated.isEmpty()) {
            statements.add("TRUNCATE " + truncated);
        }
        tables.stream().filter(table -> !together.contains(table))
                .forEach(table -> statements.add("DELETE FROM ONLY " + table.name().quoted()));
        return statements;
    }

    private List<Table> truncated() {
        List<Table> together = tables;
        int before;
        do {
            before = together.size();
            Set<Long> oids = together.stream().map(Table::oid).collect(Collectors.toSet());
            together = together.stream()
                    .filter(table -> table.mayBeTruncated() && oids.containsAll(table.referencedBy()))
                    .toList();
        } while (together.size() < before);
        return together;
    }
}
