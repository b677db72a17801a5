package io.jenkins.plugins.supabase.core.trace;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.postgresql.util.PSQLWarning;

/**
 * Who uses a table or column that a statement takes away or renames: what goes with it by CASCADE, as the server tells,
 * and functions that name it, which the server knows nothing of before they run.
 */
final class Readers implements Consumer<SQLWarning> {
    private static final String CASCADE = "drop cascades to ";
    private static final int TOLD = 10;

    private static final String NAMES =
            """
            SELECT c.oid, c.relname, a.attname
            FROM pg_catalog.pg_class c
            LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.oid = ANY (?::oid[])
            """;

    private static final String FUNCTIONS =
            """
            SELECT pg_catalog.format('function %I.%I(%s)', n.nspname, p.proname, pg_catalog.oidvectortypes(p.proargtypes))
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND p.prosrc ~ ? AND p.prosrc ~ ?
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                              WHERE e.classid = 'pg_catalog.pg_proc'::regclass AND e.objid = p.oid AND e.deptype = 'e')
            ORDER BY 1
            """;

    private final Set<String> told = new HashSet<>();
    private final Set<String> cascaded = new LinkedHashSet<>();

    @Override
    public void accept(SQLWarning notice) {
        if (notice instanceof PSQLWarning warning && warning.getServerErrorMessage() != null) {
            lines(warning.getServerErrorMessage().getMessage());
            lines(warning.getServerErrorMessage().getDetail());
        }
    }

    private void lines(String text) {
        if (text != null) {
            text.lines()
                    .filter(line -> line.startsWith(CASCADE) && !line.endsWith("other objects"))
                    .forEach(line -> cascaded.add(line.substring(CASCADE.length())));
        }
    }

    /**
     * @param before a session that sees the schema as it was before the transaction
     * @param during the transaction's own
     * @param locked numbers of tables that it holds exclusively
     * @return users of what has gone since the last call
     */
    List<String> of(Connection before, Connection during, Collection<Long> locked) throws SQLException {
        Set<String> readers = new LinkedHashSet<>(cascaded);
        cascaded.clear();
        Map<Long, Set<String>> old = names(before, locked);
        Map<Long, Set<String>> now = names(during, locked);
        for (Map.Entry<Long, Set<String>> table : old.entrySet()) {
            List<String> gone = new ArrayList<>(table.getValue());
            gone.removeAll(now.getOrDefault(table.getKey(), Set.of()));
            String name = table.getValue().iterator().next();
            boolean whole = gone.contains(name);
            for (String lost : whole ? List.of(name) : gone) {
                if (told.add(table.getKey() + "." + lost)) {
                    readers.addAll(functions(before, name, lost));
                }
            }
        }
        return readers.stream().limit(TOLD).toList();
    }

    /** @return by table, its name and then those of its columns */
    private static Map<Long, Set<String>> names(Connection connection, Collection<Long> tables) throws SQLException {
        Map<Long, Set<String>> names = new TreeMap<>();
        Array numbers = connection.createArrayOf("bigint", new TreeSet<>(tables).toArray());
        try (PreparedStatement statement = connection.prepareStatement(NAMES)) {
            statement.setArray(1, numbers);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Set<String> of = names.computeIfAbsent(rows.getLong(1), oid -> new LinkedHashSet<>());
                    of.add(rows.getString(2));
                    if (rows.getString(3) != null) {
                        of.add(rows.getString(3));
                    }
                }
            }
        }
        return names;
    }

    private static List<String> functions(Connection connection, String table, String lost) throws SQLException {
        List<String> functions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(FUNCTIONS)) {
            statement.setString(1, word(table));
            statement.setString(2, word(lost));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    functions.add(rows.getString(1));
                }
            }
        }
        return functions;
    }

    private static String word(String name) {
        return "(?i)\\m" + name.replaceAll("\\W", "\\\\$0") + "\\M";
    }
}
