package io.jenkins.plugins.supabase.core.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What each file's session begins with. {@code RESET ALL} first, as the Supabase CLI does, so that a file's settings do
 * not reach the next one; then the limits, which hold for the file unless it sets its own.
 *
 * @param noticesClientGone whether the server can look for the client while a statement runs (PostgreSQL 14 and later, on
 *     most systems): a killed agent then frees its locks within seconds instead of at the statement's end
 */
record SessionSettings(MigrationOptions options, boolean noticesClientGone) {
    private static final String LOOK_FOR_CLIENT = "client_connection_check_interval = '2s'";

    static SessionSettings of(Connection connection, MigrationOptions options) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET " + LOOK_FOR_CLIENT);
            return new SessionSettings(options, true);
        } catch (SQLException e) {
            // An older server, or a system that cannot tell.
            return new SessionSettings(options, false);
        }
    }

    /** @return the statements that open the file's transaction */
    String opening() {
        StringBuilder opening = new StringBuilder("RESET ALL;\nBEGIN;\nSET LOCAL lock_timeout = ")
                .append(options.lockTimeout().toMillis())
                .append(";\n");
        options.statementTimeout()
                .ifPresent(timeout -> opening.append("SET LOCAL statement_timeout = ").append(timeout.toMillis()).append(";\n"));
        if (noticesClientGone) {
            opening.append("SET LOCAL ").append(LOOK_FOR_CLIENT).append(";\n");
        }
        return opening.toString();
    }

    int openingStatements() {
        return 3 + (options.statementTimeout().isPresent() ? 1 : 0) + (noticesClientGone ? 1 : 0);
    }

    /**
     * @param waitsForLocks whether the statement should wait for others as long as it takes, as CONCURRENTLY does without
     *     being in anybody's way
     * @return what to run before a statement that runs outside a transaction
     */
    String withoutTransaction(boolean waitsForLocks) {
        StringBuilder settings = new StringBuilder("RESET ALL;\nSET lock_timeout = ")
                .append(waitsForLocks ? 0 : options.lockTimeout().toMillis());
        options.statementTimeout()
                .ifPresent(timeout -> settings.append(";\nSET statement_timeout = ").append(timeout.toMillis()));
        if (noticesClientGone) {
            settings.append(";\nSET ").append(LOOK_FOR_CLIENT);
        }
        return settings.toString();
    }
}
