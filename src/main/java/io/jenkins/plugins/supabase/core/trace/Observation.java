package io.jenkins.plugins.supabase.core.trace;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * What a transaction holds of tables at one moment: the strongest lock, the file of the rows, and how often the
 * transaction read the whole table. The server counts scans when they begin and gives a rewritten table a new file,
 * both also where the table is empty (heap_beginscan and make_new_heap in PostgreSQL's source), so that a scratch copy
 * without rows shows them.
 */
final class Observation {
    /** Of the transaction that asks: nothing of it is visible to another session. */
    private static final String QUERY =
            """
            SELECT l.relation, l.mode, pg_catalog.pg_relation_filenode(l.relation),
                   pg_catalog.pg_stat_get_xact_numscans(l.relation)
            FROM pg_catalog.pg_locks l
            WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation' AND l.granted AND l.relation >= 16384
            """;

    private static final String START =
            """
            SELECT c.oid, NULL, pg_catalog.pg_relation_filenode(c.oid), pg_catalog.pg_stat_get_xact_numscans(c.oid)
            FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'm', 'p', 'f') AND c.oid >= 16384
            """;

    /** @param mode null where the transaction has no lock */
    private record Table(LockMode mode, long file, long scans) {
        Table strongest(Table other) {
            return mode == null || other.mode != null && other.mode.isStrongerThan(mode) ? other : this;
        }
    }

    private static final Table NONE = new Table(null, 0, 0);

    private final Map<Long, Table> tables = new HashMap<>();

    private Observation() {}

    /**
     * What there is when a transaction begins. Its count of scans does not begin at zero: the server keeps adding to it
     * until it next reports its statistics.
     */
    static Observation atStart(Connection connection, ExistingTables existing) throws SQLException {
        return new Observation().and(connection, START, existing);
    }

    /** What the open transaction holds now, after {@code earlier}. */
    static Observation after(Observation earlier, Connection connection, ExistingTables existing) throws SQLException {
        Observation observation = new Observation();
        earlier.tables.forEach((oid, table) -> {
            if (table.mode() == null) {
                observation.tables.put(oid, table);
            }
        });
        return observation.and(connection, QUERY, existing);
    }

    private Observation and(Connection connection, String query, ExistingTables existing) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                long oid = rows.getLong(1);
                if (existing.contains(oid)) {
                    String mode = rows.getString(2);
                    Table table = new Table(mode == null ? null : LockMode.of(mode), rows.getLong(3), rows.getLong(4));
                    tables.merge(oid, table, Table::strongest);
                }
            }
        }
        return this;
    }

    /** @return by table, what is stronger than in {@code before} */
    Map<Long, LockMode> locksSince(Observation before) {
        Map<Long, LockMode> locks = new HashMap<>();
        tables.forEach((oid, now) -> {
            LockMode then = before.of(oid).mode();
            if (now.mode() != null && (then == null || now.mode().isStrongerThan(then))) {
                locks.put(oid, now.mode());
            }
        });
        return locks;
    }

    /** @return those that were read as a whole since {@code before} */
    Set<Long> scannedSince(Observation before) {
        return where((oid, now) -> now.scans() > before.of(oid).scans());
    }

    /** @return those whose rows are in another file than {@code before} */
    Set<Long> rewrittenSince(Observation before) {
        return where((oid, now) -> {
            long then = before.of(oid).file();
            return now.file() != 0 && then != 0 && now.file() != then;
        });
    }

    /** @return those that nobody else can use */
    Set<Long> exclusive() {
        return where((oid, now) -> now.mode() == LockMode.ACCESS_EXCLUSIVE);
    }

    private Table of(long oid) {
        return tables.getOrDefault(oid, NONE);
    }

    private Set<Long> where(BiPredicate<Long, Table> condition) {
        return tables.entrySet().stream()
                .filter(table -> condition.test(table.getKey(), table.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
