package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * One attempt at one file in one transaction. The file goes to the server as it is written, together with what opens and
 * closes the transaction, so that it costs one round trip and is taken apart by the server itself. A large file goes in
 * parts of about 1 MiB, as the server holds the parse trees of a whole message at once.
 */
final class MigrationRun {
    static final int PART_CHARACTERS = 1 << 20;

    private final Connection connection;
    private final MigrationScript script;
    private final SessionSettings settings;

    MigrationRun(Connection connection, MigrationScript script, SessionSettings settings) {
        this.connection = connection;
        this.script = script;
        this.settings = settings;
    }

    /**
     * Why an attempt ended.
     *
     * @param statement number of the statement that failed, from 0; as many as there are if recording or committing failed
     * @param offset    in the file
     */
    record Failure(SQLException cause, int statement, int offset) {}

    /** @return null when the file and its history row are committed; otherwise nothing of it is left */
    Failure run(Consumer<SQLWarning> notices) throws SQLException {
        if (script.unterminated().isPresent()) {
            return neverClosed(script.unterminated().get());
        }
        List<SqlText.Piece> statements = script.statements();
        int first = 0;
        int start = 0;
        String opening = settings.opening();
        int openingStatements = settings.openingStatements();
        while (true) {
            int next = first;
            while (next < statements.size() && statements.get(next).end() - start < PART_CHARACTERS) {
                next++;
            }
            next = Math.max(next, Math.min(first + 1, statements.size()));
            boolean last = next == statements.size();
            // Up to the next statement's beginning, so that the semicolon and comments between are in this part.
            int end = last ? script.sql().length() : statements.get(next).start();
            String part = opening + script.sql().substring(start, end) + (last ? closing() : "");
            RawScript.Result result = RawScript.run(connection, part, notices);
            if (result.failure() != null) {
                rollBack(result.failure());
                int running = Math.min(first + Math.max(result.completed() - openingStatements, 0), statements.size());
                return locate(result.failure(), running, start - opening.length(), part);
            }
            if (last) {
                return null;
            }
            first = next;
            start = end;
            opening = "";
            openingStatements = 0;
        }
    }

    private Failure neverClosed(SqlText.Unterminated open) {
        String message = "syntax error: this " + open.what() + " is never closed";
        return new Failure(
                new PSQLException(message, PSQLState.SYNTAX_ERROR), script.statements().size() - 1, open.start());
    }

    private String closing() {
        String sql = script.sql().toLowerCase(Locale.ROOT);
        // RESET ALL spares the role, and the history belongs to the role that logged in.
        String role = sql.contains("authorization") ? "RESET SESSION AUTHORIZATION;\n" : "";
        role += sql.contains("role") ? "RESET ROLE;\n" : "";
        return "\n;\n" + role
                + script.historyChange()
                + ";\nCOMMIT";
    }

    /**
     * A position that the server gives counts for more than the number of statements that ran, as it parses a whole
     * message before it runs the first one.
     */
    private Failure locate(SQLException failure, int running, int partStart, String part) {
        List<SqlText.Piece> statements = script.statements();
        int position = ServerError.of(failure).position();
        if (position > 0 && running < statements.size()) {
            int characters = Math.min(position - 1, part.codePointCount(0, part.length()));
            int offset = partStart + part.offsetByCodePoints(0, characters);
            if (offset >= statements.get(0).start()) {
                int statement = running;
                while (statement + 1 < statements.size() && statements.get(statement + 1).start() <= offset) {
                    statement++;
                }
                return new Failure(failure, statement, Math.min(offset, script.sql().length()));
            }
        }
        int offset = running < statements.size() ? statements.get(running).start() : script.sql().length();
        return new Failure(failure, running, offset);
    }

    private void rollBack(SQLException failure) {
        try {
            if (!connection.isClosed()) {
                RawScript.run(connection, "ROLLBACK");
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
