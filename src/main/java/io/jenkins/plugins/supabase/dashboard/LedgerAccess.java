package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;

/** The controller's way to the ledgers, with the credentials of its own store. */
final class LedgerAccess {
    /** Somebody waits for a page. */
    private static final String LIMITS =
            "SET statement_timeout = '10s'; SET lock_timeout = '2s'; SET default_transaction_read_only = on";

    private static final int ANSWER_MILLIS = 30_000;
    private static final KeptConnections KEPT = new KeptConnections();

    private LedgerAccess() {}

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T with(Connection connection) throws SQLException, E;
    }

    /**
     * For a page: on a connection that may have been used before.
     *
     * @throws DeliveryException saying why the ledger cannot be read
     */
    static <T> T page(EnvironmentConfiguration environment, Function<LedgerReader, T> question) {
        Connection kept = KEPT.take(environment);
        if (kept != null) {
            try {
                return ask(environment, kept, question);
            } catch (DeliveryException e) {
                // It may have been cut while nobody used it; a fresh one tells what is the matter.
                KeptConnections.close(kept);
            }
        }
        try {
            Connection fresh = open(environment);
            try {
                return ask(environment, limited(fresh), question);
            } catch (DeliveryException | SQLException e) {
                KeptConnections.close(fresh);
                throw e;
            }
        } catch (SQLException e) {
            throw cut(environment, e);
        } catch (InterruptedException e) {
            throw interrupted(environment);
        }
    }

    private static <T> T ask(
            EnvironmentConfiguration environment, Connection connection, Function<LedgerReader, T> question) {
        T answer = question.apply(Ledger.read(connection));
        KEPT.give(environment, connection);
        return answer;
    }

    /** For work in the background: on a connection of its own. */
    static <T> T read(EnvironmentConfiguration environment, Function<LedgerReader, T> question) {
        return connected(environment, connection -> question.apply(reader(connection)));
    }

    /** @return which gives up rather than wait long */
    static LedgerReader reader(Connection connection) throws SQLException {
        return Ledger.read(limited(connection));
    }

    /** Like {@link #read}, with no limit on how long an answer takes. */
    static <T, E extends Exception> T connected(EnvironmentConfiguration environment, Work<T, E> work) throws E {
        try (Connection connection = open(environment)) {
            return work.with(connection);
        } catch (SQLException e) {
            throw cut(environment, e);
        } catch (InterruptedException e) {
            throw interrupted(environment);
        }
    }

    /** Closes connections that no page needed for a while. */
    static void sweep() {
        KEPT.sweep();
    }

    /** The controller may have no credentials, as those of a folder are its jobs' alone. */
    static Connection open(EnvironmentConfiguration configuration) throws InterruptedException {
        return Database.open(
                configuration.toEnvironment(),
                new EnvironmentCredentials(configuration, CredentialSource.ofController()).databaseOnly());
    }

    private static Connection limited(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LIMITS);
        }
        connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
        return connection;
    }

    private static DeliveryException cut(EnvironmentConfiguration environment, SQLException e) {
        return new DeliveryException("The connection to the database of \"" + environment.getName()
                + "\" was cut or did not end cleanly (SQLSTATE " + e.getSQLState()
                + "). Nothing was changed. Try again; if it stays so, look into the database's log.");
    }

    private static DeliveryException interrupted(EnvironmentConfiguration environment) {
        Thread.currentThread().interrupt();
        return new DeliveryException("Reading the ledger of \"" + environment.getName()
                + "\" was interrupted. Nothing was changed. Try again.");
    }
}
