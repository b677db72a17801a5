package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The ledger's own migrations.
 *
 * @param migrations SQL of version 1, 2 …
 */
record LedgerSchema(List<String> migrations) {
    static final LedgerSchema PLUGIN =
            new LedgerSchema(List.of(
                    script("1-deployments"),
                    script("2-audit"),
                    script("3-procedures"),
                    script("4-promotions"),
                    script("5-history")));

    private static final int MIGRATION_LOCK = 2;
    private static final String UNDEFINED_TABLE = "42P01";
    private static final String VERSIONS = Ledger.SCHEMA + ".schema_versions";
    private static final String LOCKDOWN = script("lockdown");
    private static final String NEWEST = "SELECT max(version) FROM " + VERSIONS;
    private static final String BEGIN =
            """
            BEGIN;
            SET LOCAL lock_timeout = '60s';
            SET LOCAL search_path = pg_catalog, pg_temp;
            SELECT pg_advisory_xact_lock(%d, %d)
            """.formatted(AdvisoryLock.NAMESPACE, MIGRATION_LOCK);
    /** Limits in case that somebody else holds locks on the ledger's tables. */
    private static final String LIMITS = "SET lock_timeout = '10s'; SET statement_timeout = '60s'";

    /** Readies a session for the ledger. */
    static void prepare(Connection connection) throws SQLException {
        RawScript.run(connection, LIMITS);
    }

    /**
     * Creates or upgrades the schema, in one transaction; costs one round trip where there is nothing to do.
     *
     * @throws DeliveryException if the schema is newer than this plugin
     */
    void upgrade(Connection connection) throws SQLException {
        int found = version(connection);
        refuseNewer(found);
        if (found == migrations.size()) {
            return;
        }
        try {
            // A later arrival waits here, not on a lock of its tables, and then finds the work done.
            RawScript.run(connection, BEGIN);
            found = exists(connection) ? version(connection) : 0;
            refuseNewer(found);
            for (int version = found + 1; version <= migrations.size(); version++) {
                RawScript.run(connection, migrations.get(version - 1));
            }
            if (found < migrations.size()) {
                RawScript.run(connection, LOCKDOWN);
            }
            for (int version = found + 1; version <= migrations.size(); version++) {
                RawScript.run(connection, "INSERT INTO " + VERSIONS + " (version) VALUES (" + version + ")");
            }
            RawScript.run(connection, "COMMIT");
        } catch (SQLException | DeliveryException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    /** @return 0 where there is no ledger */
    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NEWEST)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            if (UNDEFINED_TABLE.equals(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }

    void refuseNewer(int found) {
        if (found > migrations.size()) {
            throw new DeliveryException("The ledger of this database (schema " + Ledger.SCHEMA + ") has version " + found
                    + ", but this plugin knows versions up to " + migrations.size() + ": a newer plugin, perhaps of"
                    + " another controller, has upgraded it. Nothing was changed. Update the Supabase Delivery plugin"
                    + " here, too.");
        }
    }

    private static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_catalog.to_regclass('" + VERSIONS + "') IS NOT"
                        + " NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            RawScript.run(connection, "ROLLBACK");
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static String script(String name) {
        try (InputStream script = LedgerSchema.class.getResourceAsStream(name + ".sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
