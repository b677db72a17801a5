package io.jenkins.plugins.supabase.core.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The Supabase CLI's table of applied migrations. Facts from the CLI 3.1.0: the table and its columns are created as here,
 * only when something is missing, with a lock timeout of 4 s; versions are compared as text.
 */
public final class MigrationHistory {
    public static final String TABLE = "supabase_migrations.schema_migrations";

    private static final String UNDEFINED_TABLE = "42P01";
    private static final List<String> COLUMNS = List.of("version", "name", "statements");
    private static final String CREATE =
            """
            BEGIN;
            SET LOCAL lock_timeout = '4s';
            CREATE SCHEMA IF NOT EXISTS supabase_migrations;
            CREATE TABLE IF NOT EXISTS supabase_migrations.schema_migrations (version text NOT NULL PRIMARY KEY);
            ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS statements text[];
            ALTER TABLE supabase_migrations.schema_migrations ADD COLUMN IF NOT EXISTS name text;
            COMMIT
            """;

    private MigrationHistory() {}

    /** @return the applied versions, sorted as text; none where the table does not exist */
    public static SortedSet<String> versions(Connection connection) throws SQLException {
        SortedSet<String> versions = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version FROM " + TABLE)) {
            while (rows.next()) {
                versions.add(rows.getString(1));
            }
        } catch (SQLException e) {
            if (!UNDEFINED_TABLE.equals(e.getSQLState())) {
                throw e;
            }
        }
        return versions;
    }

    /** @return what is recorded of each applied migration, sorted by version as text; none where the table does not exist */
    public static List<AppliedMigration> applied(Connection connection) throws SQLException {
        if (!isComplete(connection)) {
            return versions(connection).stream()
                    .map(version -> new AppliedMigration(version, "", List.of()))
                    .toList();
        }
        List<AppliedMigration> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version, name, statements FROM " + TABLE
                        + " ORDER BY version COLLATE \"C\"")) {
            while (rows.next()) {
                Array statements = rows.getArray(3);
                applied.add(new AppliedMigration(
                        rows.getString(1),
                        rows.getString(2) == null ? "" : rows.getString(2),
                        statements == null ? List.of() : List.of((String[]) statements.getArray())));
            }
        }
        return applied;
    }

    /** Creates what is missing of the table; does nothing when all is there, so that no privilege is needed then. */
    public static void create(Connection connection) throws SQLException {
        if (isComplete(connection)) {
            return;
        }
        try {
            RawScript.run(connection, CREATE);
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** @return the statement that records a migration, its values written into it */
    public static String insertion(String version, String name, Collection<SqlStatement> statements) {
        String array = statements.stream()
                .map(statement -> literal(statement.text()))
                .collect(Collectors.joining(",", "ARRAY[", "]::text[]"));
        return "INSERT INTO " + TABLE + "(version, name, statements) VALUES(" + literal(version) + ", " + literal(name)
                + ", " + array + ")";
    }

    /** @return the statement that forgets a migration */
    public static String removal(String version) {
        return "DELETE FROM " + TABLE + " WHERE version = " + literal(version);
    }

    /** @return an escape string, which reads the same whatever {@code standard_conforming_strings} is */
    static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static boolean isComplete(Connection connection) throws SQLException {
        String columns = COLUMNS.stream().map(MigrationHistory::literal).collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_catalog.pg_attribute"
                        + " WHERE attrelid = pg_catalog.to_regclass('" + TABLE + "') AND NOT attisdropped"
                        + " AND attname IN (" + columns + ")")) {
            row.next();
            return row.getInt(1) == COLUMNS.size();
        }
    }

    private static void rollBack(Connection connection, SQLException failure) {
        try {
            RawScript.run(connection, "ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
