package io.jenkins.plugins.supabase.core.migration;

import java.sql.SQLException;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * What the server said of a failure. Empty where it said nothing.
 *
 * @param position in the text that was sent, in characters, from 1; 0 if the server gave none
 */
public record ServerError(String message, String state, String detail, String hint, String where, int position) {
    private static final int FRAMES = 3;

    public static ServerError of(SQLException failure) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (failure instanceof PSQLException error && error.getServerErrorMessage() != null) {
            ServerErrorMessage said = error.getServerErrorMessage();
            return new ServerError(
                    line(said.getMessage()),
                    state,
                    line(said.getDetail()),
                    line(said.getHint()),
                    innermost(said.getWhere()),
                    said.getPosition());
        }
        return new ServerError(line(failure.getMessage()), state, "", "", "", 0);
    }

    public boolean isLockNotAvailable() {
        return state.equals("55P03");
    }

    public boolean isDeadlock() {
        return state.equals("40P01");
    }

    public boolean isOnlyOutsideTransaction() {
        return state.equals("25001");
    }

    public boolean isConnectionLost() {
        return state.startsWith("08") || state.equals("57P01") || state.equals("57P02");
    }

    /** @return one phrase with all that helps: message, state, where, detail, hint */
    public String describe() {
        StringBuilder text = new StringBuilder(message);
        if (!state.isEmpty()) {
            text.append(" (SQLSTATE ").append(state).append(")");
        }
        append(text, "in", where);
        append(text, "detail:", detail);
        append(text, "hint:", hint);
        return text.toString();
    }

    private static void append(StringBuilder text, String label, String value) {
        if (!value.isEmpty()) {
            text.append("; ").append(label).append(' ').append(value.endsWith(".") ? value.substring(0, value.length() - 1) : value);
        }
    }

    /** @return the innermost frames of the context, as many as a reader will read */
    private static String innermost(String where) {
        return where == null ? "" : where.lines().limit(FRAMES).map(String::strip).collect(Collectors.joining(" in "));
    }

    private static String line(String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ");
    }
}
