package io.jenkins.plugins.supabase.core.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The index that a {@code CREATE INDEX CONCURRENTLY} builds. When such a build is interrupted it leaves the index behind,
 * marked invalid (PostgreSQL's manual, "Building Indexes Concurrently").
 *
 * @param table as the statement names it
 * @param name  as the catalog has it
 */
public record ConcurrentIndex(String table, String name) {
    /** What there is of the index. */
    public enum State {
        ABSENT,
        INVALID,
        VALID
    }

    /** @return empty when the statement is another one, or leaves the name to the server */
    public static Optional<ConcurrentIndex> of(SqlText.Piece statement) {
        List<String> words = statement.words();
        int at = statement.word(1).equals("UNIQUE") ? 4 : 3;
        if (!statement.startsWith("CREATE") || !statement.word(at - 1).equals("CONCURRENTLY")) {
            return Optional.empty();
        }
        at += statement.word(at).equals("IF") ? 3 : 0;
        int on = words.indexOf("ON");
        if (on != at + 1) {
            return Optional.empty();
        }
        int table = statement.word(on + 1).equals("ONLY") ? on + 2 : on + 1;
        StringBuilder qualified = new StringBuilder(statement.word(table));
        while (statement.word(table + 1).equals(".")) {
            qualified.append('.').append(statement.word(table + 2));
            table += 2;
        }
        return Optional.of(new ConcurrentIndex(qualified.toString(), catalogName(statement.word(at))));
    }

    public State state(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT i.indisvalid FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = pg_catalog.to_regclass(?) AND c.relname = ?
                """)) {
            query.setString(1, table);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    return State.ABSENT;
                }
                return row.getBoolean(1) ? State.VALID : State.INVALID;
            }
        }
    }

    /**
     * Drops the index if it is invalid, after a lock that keeps out whoever may still be building it.
     *
     * @throws SQLException with state 55P03 if somebody is
     */
    public void dropIfInvalid(Connection connection) throws SQLException {
        try {
            RawScript.run(connection, "BEGIN;\nSET LOCAL lock_timeout = '4s';\nLOCK TABLE ONLY " + table
                    + " IN SHARE UPDATE EXCLUSIVE MODE");
            if (state(connection) == State.INVALID) {
                RawScript.run(connection, "DROP INDEX " + qualifiedName(connection));
            }
            RawScript.run(connection, "COMMIT");
        } catch (SQLException e) {
            RawScript.run(connection, "ROLLBACK");
            throw e;
        }
    }

    private String qualifiedName(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                """
                SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
                FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
                JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE i.indrelid = pg_catalog.to_regclass(?) AND c.relname = ?
                """)) {
            query.setString(1, table);
            query.setString(2, name);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static String catalogName(String word) {
        return word.startsWith("\"")
                ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                : word.toLowerCase(Locale.ROOT);
    }
}
