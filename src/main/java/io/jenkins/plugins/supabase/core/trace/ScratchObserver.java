package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.postgres.RawScript;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.postgresql.PGConnection;

/**
 * Sees the locks of a statement that cannot run in a transaction, and would be over before anybody could look: a second
 * session holds all existing tables in SHARE UPDATE EXCLUSIVE mode, so that the statement stops at the first lock of
 * that mode or a stronger one that it asks for. Then the session lets go.
 */
final class ScratchObserver {
    private static final long POLL_MILLIS = 10;
    private static final String WAITING =
            """
            SELECT l.relation, l.mode FROM pg_catalog.pg_locks l
            WHERE l.pid = ? AND l.locktype = 'relation' AND NOT l.granted
            """;

    private final Connection observer;

    ScratchObserver(Connection observer) {
        this.observer = observer;
    }

    /** @return a session that sees what is committed */
    Connection connection() {
        return observer;
    }

    /**
     * @param locks gets what the statement asked for
     * @return the statement's failure, or null
     */
    SQLException watch(Connection scratch, String sql, ExistingTables existing, SortedMap<String, LockMode> locks)
            throws SQLException, InterruptedException {
        int pid = scratch.unwrap(PGConnection.class).getBackendPID();
        ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
            Thread daemon = new Thread(task, "supabase-delivery-trace");
            daemon.setDaemon(true);
            return daemon;
        });
        hold(existing);
        try {
            Future<SQLException> statement =
                    thread.submit(() -> RawScript.run(scratch, sql, notice -> {}).failure());
            while (locks.isEmpty() && !hasEnded(statement)) {
                look(pid, existing, locks);
            }
            RawScript.run(observer, "ROLLBACK");
            return statement.get();
        } catch (InterruptedException e) {
            scratch.unwrap(PGConnection.class).cancelQuery();
            throw e;
        } catch (ExecutionException e) {
            throw new SQLException(e.getCause());
        } finally {
            thread.shutdownNow();
            if (!observer.isClosed()) {
                RawScript.run(observer, "ROLLBACK");
            }
        }
    }

    private void hold(ExistingTables existing) throws SQLException {
        StringBuilder sql = new StringBuilder("BEGIN;\n");
        for (String table : present(existing.lockable())) {
            sql.append("LOCK TABLE ONLY ").append(table).append(" IN SHARE UPDATE EXCLUSIVE MODE;\n");
        }
        RawScript.run(observer, sql.toString());
    }

    /** @return names as they are now: earlier migrations may have renamed or dropped some */
    private Iterable<String> present(Map<Long, String> tables) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = observer.createStatement();
                ResultSet rows = statement.executeQuery(
                        """
                        SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname)
                        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                        WHERE c.relkind IN ('r', 'p')
                        """)) {
            while (rows.next()) {
                if (tables.containsKey(rows.getLong(1))) {
                    names.add(rows.getString(2));
                }
            }
        }
        return names;
    }

    private static boolean hasEnded(Future<?> statement) throws InterruptedException, ExecutionException {
        try {
            statement.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private void look(int pid, ExistingTables existing, SortedMap<String, LockMode> locks) throws SQLException {
        try (PreparedStatement query = observer.prepareStatement(WAITING)) {
            query.setInt(1, pid);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String name = existing.name(rows.getLong(1));
                    if (name != null) {
                        locks.put(name, LockMode.of(rows.getString(2)));
                    }
                }
            }
        }
    }
}
