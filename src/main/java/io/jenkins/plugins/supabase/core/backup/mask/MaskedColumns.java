package io.jenkins.plugins.supabase.core.backup.mask;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.io.InputStream;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The columns of a database that are masked, with those that partitions and heirs have of them. For several threads. */
public final class MaskedColumns {
    private static final String ASKED = "pg_catalog.concat_ws('.', rn.nspname, r.relname, a.attname)";

    /** Tables with all that inherit from them, and their columns with the type that is under domains. */
    private static final String COLUMNS =
            """
            WITH RECURSIVE tree AS (
                SELECT c.oid AS root, c.oid AS member FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'p')
                UNION
                SELECT t.root, i.inhrelid FROM tree t JOIN pg_catalog.pg_inherits i ON i.inhparent = t.member)
            SELECT {asked}, n.nspname, c.relname, a.attname, a.attnotnull OR b.never_null, a.attgenerated <> '',
                   pg_catalog.format_type(a.atttypid, NULL), b.typname, b.modifier
            FROM tree t
            JOIN pg_catalog.pg_class r ON r.oid = t.root JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
            JOIN pg_catalog.pg_class c ON c.oid = t.member JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            CROSS JOIN LATERAL (
                WITH RECURSIVE base AS (
                    SELECT y.typname, y.typbasetype, a.atttypmod AS modifier, y.typnotnull AS never_null,
                           y.typtypmod AS of_domain
                    FROM pg_catalog.pg_type y WHERE y.oid = a.atttypid
                    UNION ALL
                    SELECT y.typname, y.typbasetype, base.of_domain, base.never_null OR y.typnotnull,
                           CASE WHEN y.typtypmod < 0 THEN base.of_domain ELSE y.typtypmod END
                    FROM base JOIN pg_catalog.pg_type y ON y.oid = base.typbasetype)
                SELECT * FROM base WHERE base.typbasetype = 0) b
            WHERE {asked} = ANY (?)
            """.replace("{asked}", ASKED);

    private static final String ALL =
            """
            SELECT {asked} FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE r.relkind IN ('r', 'p') AND rn.nspname <> 'information_schema' AND rn.nspname !~ '^pg_'
            """.replace("{asked}", ASKED);

    private static final Set<String> HASHED = Set.of("text", "varchar", "citext", "uuid");
    private static final String IGNORES_CASE = "citext";
    private static final String VARYING = "varchar";
    /** What a length is counted up by in the catalogue. */
    private static final int HEADER = 4;

    private final MaskKey key = new MaskKey();
    private final Map<List<String>, Map<String, Column>> byTable = new HashMap<>();

    /** @param asked what the rule calls it: another table where that has heirs */
    private record Column(String asked, MaskRule rule, String type) {}

    private MaskedColumns() {}

    /**
     * @param connection to a database that has the tables, with an empty search path
     * @throws DeliveryException naming every rule that does not fit
     */
    public static MaskedColumns of(Connection connection, Masks masks) throws SQLException {
        MaskedColumns columns = new MaskedColumns();
        if (masks.isEmpty()) {
            return columns;
        }
        List<String> problems = new ArrayList<>();
        Set<String> found = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            Array asked = connection.createArrayOf("text", masks.rules().keySet().toArray());
            statement.setArray(1, asked);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    found.add(name);
                    String problem = columns.add(connection, name, masks.rules().get(name), row);
                    if (problem != null) {
                        problems.add(name + ": " + problem);
                    }
                }
            }
        }
        List<String> all = found.size() == masks.rules().size() ? List.of() : names(connection);
        for (String name : masks.rules().keySet()) {
            if (!found.contains(name)) {
                problems.add("the backup has no column " + name + NearestName.hint(name, all));
            }
        }
        if (!problems.isEmpty()) {
            throw new DeliveryException("Columns cannot be masked as they should be, and no row was restored. "
                    + String.join("; ", problems.stream().distinct().toList()));
        }
        return columns;
    }

    private String add(Connection connection, String asked, MaskRule rule, ResultSet row) throws SQLException {
        String shown = row.getString(7);
        String type = row.getString(8);
        int length = type.equals(VARYING) && row.getInt(9) >= 0 ? row.getInt(9) - HEADER : Integer.MAX_VALUE;
        if (row.getBoolean(6)) {
            return "it is computed from other columns; mask those";
        }
        byTable.computeIfAbsent(List.of(row.getString(2), row.getString(3)), unused -> new HashMap<>())
                .put(row.getString(4), new Column(asked, rule, type));
        return switch (rule.kind()) {
            case NULL -> row.getBoolean(5) ? "it cannot be NULL" : null;
            case HASH -> HASHED.contains(type) && length >= HashMask.LONGEST
                    ? null
                    : "a hash fits text, varchar of " + HashMask.LONGEST + " or more, citext and uuid, and it is "
                            + shown + (length == Integer.MAX_VALUE ? "" : "(" + length + ")");
            case TEXT -> rule.text().length() > length || !takes(connection, shown, rule.text())
                    ? "'" + rule.text() + "' is no " + shown + (length == Integer.MAX_VALUE ? "" : "(" + length + ")")
                    : null;
        };
    }

    private static boolean takes(Connection connection, String type, String text) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT CAST(CAST(? AS pg_catalog.text) AS " + type + ")")) {
            statement.setString(1, text);
            statement.executeQuery().close();
            return true;
        } catch (SQLException e) {
            if (e.getSQLState() == null || e.getSQLState().startsWith("08")) {
                throw e;
            }
            return false;
        }
    }

    private static List<String> names(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ALL);
                ResultSet row = statement.executeQuery()) {
            List<String> names = new ArrayList<>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    /** @return how many of the columns that were asked for have rows in these parts */
    public int count(Collection<BackupPart> parts) {
        return (int) parts.stream()
                .flatMap(part -> byTable.getOrDefault(List.of(part.schema(), part.table()), Map.of()).values().stream())
                .map(Column::asked)
                .distinct()
                .count();
    }

    /**
     * @param columns of the rows, in their order
     * @param rows    in COPY's text format
     * @return the same, masked; closing it closes those
     */
    public InputStream mask(String schema, String table, List<String> columns, InputStream rows) {
        Map<String, Column> masked = byTable.get(List.of(schema, table));
        if (masked == null) {
            return rows;
        }
        ValueMask[] masks = new ValueMask[columns.size()];
        for (int i = 0; i < masks.length; i++) {
            Column column = masked.get(columns.get(i));
            masks[i] = column == null ? null : mask(column);
        }
        return new MaskedRows(rows, masks);
    }

    private ValueMask mask(Column column) {
        return switch (column.rule().kind()) {
            case NULL -> FixedMask.ofNull();
            case TEXT -> FixedMask.ofText(column.rule().text());
            case HASH -> new HashMask(key.mac(), column.type().equals(IGNORES_CASE));
        };
    }
}
