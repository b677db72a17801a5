package io.jenkins.plugins.supabase.core.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Who may have kept a statement from a lock. */
public final class LockHolders {
    private static final int NAMED = 3;

    private static final String QUERY =
            """
            SELECT a.pid, coalesce(nullif(a.application_name, ''), 'an unnamed application'), a.usename,
                   coalesce(a.state, 'in a state that this role may not see'), date_trunc('second', a.xact_start)::text,
                   string_agg(DISTINCT c.relname, ', ' ORDER BY c.relname)
            FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.granted AND l.locktype = 'relation' AND l.pid <> pg_backend_pid()
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
              AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p', 'm', 'v', 'f')
              AND (a.xact_start IS NULL OR a.xact_start <= now() - make_interval(secs => ?))
            GROUP BY a.pid, a.application_name, a.usename, a.state, a.xact_start
            ORDER BY a.xact_start
            """;

    private LockHolders() {}

    /**
     * Asked after the wait, so it tells of sessions that hold locks since before it: the one in the way is among them.
     *
     * @param waited    how long the statement waited
     * @param statement that waited; holders of tables that it names are preferred
     * @return a phrase such as "session 4711 (psql, user postgres, idle in transaction since …) holds votes", never empty
     */
    public static String describe(Connection connection, Duration waited, String statement) throws SQLException {
        List<String> concerned = new ArrayList<>();
        List<String> all = new ArrayList<>();
        String text = statement.toLowerCase(Locale.ROOT);
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setDouble(1, waited.toMillis() / 1000.0);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String since = rows.getString(5) == null ? "" : " since " + rows.getString(5);
                    String tables = rows.getString(6);
                    String phrase = "session %d (%s, user %s, %s%s) holds %s".formatted(
                            rows.getInt(1), rows.getString(2), rows.getString(3), rows.getString(4), since, tables);
                    all.add(phrase);
                    if (List.of(tables.split(", ")).stream().anyMatch(table -> text.contains(table.toLowerCase(Locale.ROOT)))) {
                        concerned.add(phrase);
                    }
                }
            }
        }
        List<String> chosen = concerned.isEmpty() ? all : concerned;
        if (chosen.isEmpty()) {
            return "whoever held it has let go by now";
        }
        String more = chosen.size() > NAMED ? " and " + (chosen.size() - NAMED) + " more" : "";
        return String.join("; ", chosen.subList(0, Math.min(NAMED, chosen.size()))) + more;
    }
}
