package io.jenkins.plugins.supabase.core.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.function.Consumer;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.Tuple;

/**
 * Sends a text to the server as it is, in one message of the simple query protocol, and lets the server take it apart.
 * JDBC's own {@code Statement.execute} would cut the text with pgjdbc's parser first, would keep all rows in memory, and
 * could not tell how many statements had run when one failed; so this class speaks to pgjdbc's query executor, which
 * other connection-level code of pgjdbc uses in the same way. Rows are discarded.
 */
public final class RawScript {
    private static final int FLAGS = QueryExecutor.QUERY_EXECUTE_AS_SIMPLE
            | QueryExecutor.QUERY_ONESHOT
            | QueryExecutor.QUERY_NO_RESULTS
            | QueryExecutor.QUERY_SUPPRESS_BEGIN;

    private RawScript() {}

    /**
     * How far the server came.
     *
     * @param completed number of statements that ran to their end
     * @param failure   of the statement after those, or null
     */
    public record Result(int completed, SQLException failure) {}

    /**
     * @param notices gets each notice and warning as it arrives
     * @throws SQLException only if the script could not be sent; a statement's failure is part of the result
     */
    public static Result run(Connection connection, String sql, Consumer<SQLWarning> notices) throws SQLException {
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        Query query = executor.wrap(List.of(new NativeQuery(sql, SqlCommand.BLANK)));
        Counter counter = new Counter(notices);
        executor.execute(query, null, counter, 0, 0, FLAGS);
        return new Result(counter.completed, counter.getException());
    }

    /** Runs a script that is expected to succeed. */
    public static void run(Connection connection, String sql) throws SQLException {
        Result result = run(connection, sql, notice -> {});
        if (result.failure() != null) {
            throw result.failure();
        }
    }

    private static final class Counter extends ResultHandlerBase {
        private final Consumer<SQLWarning> notices;
        private int completed;

        Counter(Consumer<SQLWarning> notices) {
            this.notices = notices;
        }

        @Override
        public void handleResultRows(
                Query query,
                Field[] fields,
                List<Tuple> rows,
                ResultCursor cursor) {
            completed++;
        }

        @Override
        public void handleCommandStatus(String status, long updateCount, long insertedOid) {
            completed++;
        }

        @Override
        public void handleWarning(SQLWarning warning) {
            notices.accept(warning);
        }

        @Override
        public void handleCompletion() {
            // The failure is returned, with the count.
        }
    }
}
