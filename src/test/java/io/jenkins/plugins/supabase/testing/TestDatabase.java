package io.jenkins.plugins.supabase.testing;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty database on the one PostgreSQL server that all tests of a JVM share; each test creates its own. They are
 * dropped at the end of the class.
 */
public final class TestDatabase {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Queue<String> CREATED = new ConcurrentLinkedQueue<>();
    private static final Kept KEPT = new Kept();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    public static TestDatabase create() throws SQLException {
        String name = "test_" + COUNTER.incrementAndGet();
        Server.INSTANCE.createDatabase(name);
        CREATED.add(name);
        return new TestDatabase(name);
    }

    /** Of hundreds that stayed until the end, the files would fill the memory, and deleting them take a minute. */
    static void dropAll() throws SQLException {
        if (CREATED.isEmpty()) {
            return;
        }
        try (Connection connection = Server.INSTANCE.connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String name = CREATED.poll(); name != null; name = CREATED.poll()) {
                statement.execute("drop database if exists \"" + name + "\" with (force)");
            }
        }
    }

    /** @return the form that an environment's {@code databaseUrl} has */
    public String url() {
        return Server.INSTANCE.url(name);
    }

    public String name() {
        return name;
    }

    public int port() {
        return Server.INSTANCE.port();
    }

    public Connection connect() throws SQLException {
        return Server.INSTANCE.connect(name);
    }

    public void execute(String sql) throws SQLException {
        KEPT.with(this, statement -> statement.execute(sql));
    }

    /** @return the first column of every row, as text */
    public List<String> query(String sql) throws SQLException {
        return KEPT.with(this, statement -> {
            try (ResultSet rows = statement.executeQuery(sql)) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
                return values;
            }
        });
    }

    private interface Work<T> {
        T with(Statement statement) throws SQLException;
    }

    /** The connection of the last statement, for the next one: opening one takes longer than most statements. */
    private static final class Kept {
        private TestDatabase owner;
        private Connection connection;

        <T> T with(TestDatabase database, Work<T> work) throws SQLException {
            Connection taken = take(database);
            try (Statement statement = taken.createStatement()) {
                T answer = work.with(statement);
                statement.execute("rollback; discard all");
                give(database, taken);
                return answer;
            } catch (SQLException | RuntimeException e) {
                taken.close();
                throw e;
            }
        }

        private synchronized Connection take(TestDatabase database) throws SQLException {
            Connection found = connection;
            connection = null;
            if (found != null && (owner != database || !found.isValid(1))) {
                found.close();
                found = null;
            }
            return found == null ? database.connect() : found;
        }

        private synchronized void give(TestDatabase database, Connection used) throws SQLException {
            if (connection == null) {
                owner = database;
                connection = used;
            } else {
                used.close();
            }
        }
    }

    private static final class Server {
        static final LocalPostgres INSTANCE = LocalPostgres.start(
                FolderInMemory.create().orElse(null),
                Map.of("autovacuum", "off", "max_wal_size", "256MB"));

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::close));
        }
    }
}
