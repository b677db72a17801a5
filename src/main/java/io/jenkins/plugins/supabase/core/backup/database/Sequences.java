package io.jenkins.plugins.supabase.core.backup.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Where sequences stand. They are no part of any snapshot: what counts is the moment of reading. */
public final class Sequences {
    private static final int TOGETHER = 200;

    private Sequences() {}

    /**
     * @param names qualified and quoted
     * @return such as {@code 42, true} by name: the value, and whether it was given out
     */
    public static SortedMap<String, String> read(Connection connection, List<String> names) throws SQLException {
        SortedMap<String, String> values = new TreeMap<>();
        for (int from = 0; from < names.size(); from += TOGETHER) {
            String query = names.subList(from, Math.min(from + TOGETHER, names.size())).stream()
                    .map(name -> "SELECT '" + name.replace("'", "''") + "', last_value || ', ' || is_called FROM "
                            + name)
                    .collect(Collectors.joining(" UNION ALL "));
            Rows.of(connection, query, row -> values.put(row.getString(1), row.getString(2)));
        }
        return values;
    }

    static String sql(SortedMap<String, String> values) {
        StringBuilder sql = new StringBuilder();
        values.forEach((name, value) -> sql.append("SELECT pg_catalog.setval('")
                .append(name.replace("'", "''"))
                .append("'::pg_catalog.regclass, ")
                .append(value)
                .append(");\n"));
        return sql.toString();
    }
}
