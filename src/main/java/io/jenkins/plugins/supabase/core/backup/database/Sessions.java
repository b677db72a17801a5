package io.jenkins.plugins.supabase.core.backup.database;

import java.sql.Connection;
import java.sql.SQLException;

/** How sessions are set up whose COPY is to write the same text for the same row, today and after a restore. */
public final class Sessions {
    /** The first four are what pg_dump sets, for values to be read back exactly. */
    private static final String SETTINGS =
            """
            SET DateStyle = 'ISO';
            SET IntervalStyle = 'postgres';
            SET extra_float_digits = 3;
            SET search_path = '';
            SET TimeZone = 'UTC';
            SET bytea_output = 'hex';
            SET lc_monetary = 'C';
            SET row_security = off;
            SET statement_timeout = 0;
            SET idle_in_transaction_session_timeout = 0;
            SET lock_timeout = '60s';
            """;

    private Sessions() {}

    public static void setUp(Connection connection) throws SQLException {
        Rows.run(connection, SETTINGS);
    }
}
