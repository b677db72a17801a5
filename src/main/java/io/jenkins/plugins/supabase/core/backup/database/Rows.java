package io.jenkins.plugins.supabase.core.backup.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Answers of a database in lists. */
public final class Rows {
    private Rows() {}

    /** What becomes of a row. */
    @FunctionalInterface
    public interface Mapping<T> {
        T of(ResultSet row) throws SQLException;
    }

    public static <T> List<T> of(Connection connection, String sql, Mapping<T> mapping) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<T> list = new ArrayList<>();
            while (rows.next()) {
                list.add(mapping.of(rows));
            }
            return list;
        }
    }

    /** @return the first column as text */
    public static List<String> texts(Connection connection, String sql) throws SQLException {
        return of(connection, sql, row -> row.getString(1));
    }

    public static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
