package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/**
 * Turns the server's errors into messages. An error's detail quotes rows, so neither it nor the driver's exception
 * leave.
 */
final class LedgerFailure {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private LedgerFailure() {}

    /** @param doing what could not be done, after "could not" */
    static DeliveryException of(String doing, SQLException failure) {
        String message = "The ledger (schema " + Ledger.SCHEMA + ") could not " + doing + ": " + describe(failure)
                + ". " + next(failure);
        return isLost(failure) ? new Cut(message) : new DeliveryException(message);
    }

    /** The connection was cut, so that trying again on another one may help. */
    static final class Cut extends DeliveryException {
        private static final long serialVersionUID = 1L;

        private Cut(String message) {
            super(message);
        }
    }

    static String describe(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : " (SQLSTATE " + failure.getSQLState() + ")";
        String said = failure instanceof PSQLException error && error.getServerErrorMessage() != null
                ? error.getServerErrorMessage().getMessage()
                : isLost(failure) ? "the connection was cut" : "the driver failed";
        return String.valueOf(said).strip().replaceAll("\\s+", " ").replaceAll("\\.$", "") + state;
    }

    private static String next(SQLException failure) {
        if (INSUFFICIENT_PRIVILEGE.equals(failure.getSQLState())) {
            return "Use the database user that owns the schema, or, where there is none yet, one that may create"
                    + " schemas (on Supabase, postgres).";
        }
        if (isLost(failure)) {
            return "What was recorded before stays. Check the database, then run the build again: the next deployment"
                    + " sees from the ledger where this one ended.";
        }
        return "Check the database's own log, then run the build again.";
    }

    /** Classes of SQLSTATEs: PostgreSQL's manual, appendix A. */
    static boolean isLost(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        return state.startsWith("08") || state.startsWith("57P0");
    }
}
