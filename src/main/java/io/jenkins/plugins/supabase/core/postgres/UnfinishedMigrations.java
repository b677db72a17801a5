package io.jenkins.plugins.supabase.core.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Remembers which migration has begun outside a transaction, where the statement and its history row cannot come
 * together: after a kill between the two, the next run knows that the work is its own. One table beside the CLI's, in the
 * schema that the Supabase tools leave out of diffs and dumps; made when it is first needed.
 */
public final class UnfinishedMigrations {
    private static final String TABLE = "supabase_migrations.delivery_unfinished";

    private UnfinishedMigrations() {}

    public static boolean contains(Connection connection, String version, String statement) throws SQLException {
        try (PreparedStatement exists = connection.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            exists.setString(1, TABLE);
            try (ResultSet row = exists.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return false;
                }
            }
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM " + TABLE + " WHERE version = ? AND statement = ?")) {
            query.setString(1, version);
            query.setString(2, statement);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    public static void add(Connection connection, String version, String statement) throws SQLException {
        RawScript.run(
                connection,
                """
                BEGIN;
                SET LOCAL lock_timeout = '4s';
                CREATE TABLE IF NOT EXISTS %1$s (
                    version text NOT NULL PRIMARY KEY,
                    statement text NOT NULL,
                    started_at timestamptz NOT NULL DEFAULT now());
                INSERT INTO %1$s(version, statement) VALUES(%2$s, %3$s)
                    ON CONFLICT (version) DO UPDATE SET statement = EXCLUDED.statement, started_at = now();
                COMMIT
                """.formatted(TABLE, MigrationHistory.literal(version), MigrationHistory.literal(statement)));
    }

    /** @return the statement that forgets a migration */
    public static String removal(String version) {
        return "DELETE FROM " + TABLE + " WHERE version = " + MigrationHistory.literal(version);
    }
}
