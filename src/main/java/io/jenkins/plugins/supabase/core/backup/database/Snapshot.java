package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * One moment of a database, held by one connection and seen by any number of others. Also holds the lock that keeps two
 * backups of one database apart.
 */
public final class Snapshot implements AutoCloseable {
    private static final int BACKUP_LOCK = 2;
    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    private static final int TOGETHER = 100;
    private static final String UNDEFINED_TABLE = "42P01";

    /** The catalogue's rows are those of the snapshot, the function's answer is of now. */
    private static final String REWRITTEN =
            """
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.relpersistence <> 't'
              AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
              AND c.relfilenode <> 0 AND c.relfilenode <> pg_catalog.pg_relation_filenode(c.oid)
            """;

    private final Connections connections;
    private final Connection holder;
    private final String id;
    private final Instant time;

    private Snapshot(Connections connections, Connection holder, String id, Instant time) {
        this.connections = connections;
        this.holder = holder;
        this.id = id;
        this.time = time;
    }

    /** @throws DeliveryException when another backup of the database is being made */
    public static Snapshot take(Connections connections) throws SQLException, InterruptedException {
        Connection holder = connections.open();
        try {
            Sessions.setUp(holder);
            String lock = "SELECT pg_catalog.pg_try_advisory_lock(%d, %d)".formatted(AdvisoryLock.NAMESPACE,
                    BACKUP_LOCK);
            if (!"t".equals(Rows.texts(holder, lock).get(0))) {
                throw new DeliveryException("Another backup of this database is being made, so that this one was not"
                        + " begun and"
                        + " nothing was stored. Wait for the other one to end; it holds the advisory lock "
                        + AdvisoryLock.NAMESPACE + ", " + BACKUP_LOCK + ".");
            }
            Rows.run(holder, BEGIN);
            String id = Rows.texts(holder, "SELECT pg_catalog.pg_export_snapshot()").get(0);
            Instant time = Rows.of(holder, "SELECT extract(epoch FROM pg_catalog.transaction_timestamp()) * 1000",
                    row -> Instant.ofEpochMilli(row.getLong(1))).get(0);
            return new Snapshot(connections, holder, id, time);
        } catch (SQLException | RuntimeException e) {
            holder.close();
            throw e;
        }
    }

    /** @return for {@code pg_dump --snapshot} */
    public String id() {
        return id;
    }

    /** @return by the database's clock */
    public Instant time() {
        return time;
    }

    /** @return the connection that holds the snapshot; its transaction ends with this */
    public Connection holder() {
        return holder;
    }

    /** Asks by the holder: whoever alters a table may keep it waiting for hours, and an interrupt ends that. */
    <T> T ask(Cancellable.Work<T> work) throws SQLException, InterruptedException {
        try (Cancellable asking = new Cancellable(holder)) {
            return asking.run(work);
        }
    }

    /**
     * Keeps tables as they are: whoever changes or drops one waits.
     *
     * @throws SQLException with state 42P01 when a table was dropped, emptied or rewritten after the snapshot was taken
     *     and before it was locked. Its rows are gone then for the snapshot, too, as TRUNCATE and many an ALTER TABLE
     *     keep no old rows (PostgreSQL's manual, "MVCC: Caveats")
     */
    void lock(List<SourceTable> tables) throws SQLException, InterruptedException {
        ask(connection -> {
            for (int from = 0; from < tables.size(); from += TOGETHER) {
                List<SourceTable> some = tables.subList(from, Math.min(from + TOGETHER, tables.size()));
                Rows.run(connection, "LOCK TABLE " + String.join(", ", some.stream()
                        .map(table -> "ONLY " + table.qualified()).toList()) + " IN ACCESS SHARE MODE");
            }
            return null;
        });
        List<String> rewritten = Rows.texts(holder, REWRITTEN);
        if (!rewritten.isEmpty()) {
            throw new SQLException("the table " + rewritten.get(0) + " was emptied or rewritten just now",
                    UNDEFINED_TABLE);
        }
    }

    /** @return a further connection that sees the same moment; the caller's to close */
    public Connection join() throws SQLException, InterruptedException {
        Connection connection = connections.open();
        try {
            Sessions.setUp(connection);
            Rows.run(connection, BEGIN);
            Rows.run(connection, "SET TRANSACTION SNAPSHOT '" + id + "'");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        holder.close();
    }
}
