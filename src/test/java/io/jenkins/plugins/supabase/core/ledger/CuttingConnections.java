package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Connections of which one is cut at a chosen statement: by the server before it sees the statement, or after
 * it has done it, so that only the answer is lost.
 */
final class CuttingConnections implements ConnectionSource {
    private static final Set<String> EXECUTIONS = Set.of("executeQuery", "executeUpdate");

    private final TestDatabase database;
    private final int cutAt;
    private final boolean afterwards;
    private int statements;
    private int opened;

    /** @param cutAt counted from 1 over all prepared statements that are executed; 0 for never */
    CuttingConnections(TestDatabase database, int cutAt, boolean afterwards) {
        this.database = database;
        this.cutAt = cutAt;
        this.afterwards = afterwards;
    }

    int statements() {
        return statements;
    }

    int opened() {
        return opened;
    }

    @Override
    public Connection open() throws SQLException {
        opened++;
        Connection connection = database.connect();
        return proxy(Connection.class, connection, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement ? watched(connection, statement) : result;
        });
    }

    private PreparedStatement watched(Connection connection, PreparedStatement statement) {
        return proxy(PreparedStatement.class, statement, (method, arguments) -> {
            if (!EXECUTIONS.contains(method.getName()) || ++statements != cutAt) {
                return call(statement, method, arguments);
            }
            if (afterwards) {
                call(statement, method, arguments);
                connection.close();
                throw new SQLException("the answer was lost", "08006");
            }
            end(connection);
            return call(statement, method, arguments);
        });
    }

    private void end(Connection connection) throws SQLException {
        LedgerFixture.endSessions(database, "pid = " + connection.unwrap(PGConnection.class).getBackendPID());
    }

    private interface Behaviour {
        Object call(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> behaviour.call(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
