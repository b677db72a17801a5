package io.jenkins.plugins.supabase.core.health;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How busy a PostgreSQL server is.
 *
 * @param used           client connections of all databases
 * @param available      {@code max_connections}
 * @param oldest         age of the oldest transaction, the asking one not counted; zero without one
 * @param oldestPid      its backend; 0 without one
 * @param seesOthers     whether the role may see other roles' transactions ({@code pg_read_all_stats})
 */
record DatabaseLoad(int used, int available, Duration oldest, int oldestPid, boolean seesOthers) {
    /** What a role may not see is null in {@code pg_stat_activity}, {@code backend_type} included; rows are all there. */
    private static final String QUERY = """
            with clients as (
              select pid, xact_start
              from pg_catalog.pg_stat_activity
              where datid is not null and coalesce(backend_type, 'client backend') = 'client backend'
            ), oldest as (
              select pid, xact_start
              from clients
              where xact_start is not null and pid <> pg_catalog.pg_backend_pid()
              order by xact_start
              limit 1
            )
            select (select count(*) from clients),
                   pg_catalog.current_setting('max_connections')::int,
                   coalesce(extract(epoch from pg_catalog.clock_timestamp() - oldest.xact_start) * 1000, 0)::bigint,
                   coalesce(oldest.pid, 0),
                   pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
            from (select) as one_row
            left join oldest on true
            """;

    static DatabaseLoad read(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new DatabaseLoad(
                    row.getInt(1), row.getInt(2), Duration.ofMillis(row.getLong(3)), row.getInt(4), row.getBoolean(5));
        }
    }

    String describe() {
        String transaction = oldestPid == 0 ? "no open transaction" : "oldest transaction " + age(oldest);
        return connections() + ", " + transaction + (seesOthers ? "" : " (of this role; it lacks pg_read_all_stats)");
    }

    /** @return what is above its limit, or nothing */
    String excess(DatabaseLimits limits) {
        List<String> excess = new ArrayList<>();
        if (used > limits.connectionsUsed() * available) {
            excess.add(connections() + ", more than " + Math.round(limits.connectionsUsed() * 100) + " %");
        }
        if (oldest.compareTo(limits.oldestTransaction()) > 0) {
            excess.add("the oldest transaction (pid " + oldestPid + ") has been open for " + age(oldest)
                    + ", longer than " + age(limits.oldestTransaction()));
        }
        return String.join("; ", excess);
    }

    private String connections() {
        return used + " of " + available + " connections";
    }

    private static String age(Duration age) {
        if (age.toMinutes() < 1) {
            return HealthTable.seconds(age.toMillis());
        }
        return age.toHours() < 1
                ? age.toMinutes() + " min " + age.toSecondsPart() + " s"
                : age.toHours() + " h " + age.toMinutesPart() + " min";
    }
}
