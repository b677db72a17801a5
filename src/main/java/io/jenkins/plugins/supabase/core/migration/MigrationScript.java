package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.postgres.SqlStatement;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import io.jenkins.plugins.supabase.core.postgres.StatementKind;
import io.jenkins.plugins.supabase.core.postgres.StatementSplitter;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A migration made ready to run. A {@code BEGIN} that opens the file and a {@code COMMIT} that ends it are left out, as
 * the file's own transaction, which also holds the history row, takes their place; the Supabase CLI runs such a file
 * statement by statement and adds the row afterwards.
 *
 * @param direction  whether it applies the migration or takes it back
 * @param sql        what is sent, as long as the file, so that positions agree
 * @param statements that are sent, as the server will take them apart
 * @param recorded   what the history keeps, as the Supabase CLI would
 * @param unterminated what the file opens and never closes: a syntax error that must not reach the server, as it would
 *     swallow what is sent behind the file
 * @param problem    why the file cannot be run at all, if so
 */
public record MigrationScript(
        MigrationFile file,
        Direction direction,
        String sql,
        List<SqlText.Piece> statements,
        List<SqlStatement> recorded,
        Optional<SqlText.Unterminated> unterminated,
        Optional<String> problem) {

    /** The CLI's mark, on a file's first line, for what must run outside a transaction (read from CLI 3.1.0). */
    private static final String NO_TRANSACTION_MARK = "-- pg-delta: transaction=false";

    public enum Direction {
        UP,
        DOWN
    }

    public static MigrationScript of(MigrationFile file) {
        return of(file, Direction.UP);
    }

    /** @param file of {@code supabase/rollbacks} */
    public static MigrationScript back(MigrationFile file) {
        return of(file, Direction.DOWN);
    }

    private static MigrationScript of(MigrationFile file, Direction direction) {
        SqlText text = SqlText.scan(file.sql());
        List<SqlText.Piece> statements = new ArrayList<>(text.statements());
        StringBuilder sql = new StringBuilder(file.sql());
        if (sql.length() > 0 && sql.charAt(0) == '\uFEFF') {
            sql.setCharAt(0, ' ');
        }
        if (isWrapped(statements)) {
            blank(sql, statements.remove(statements.size() - 1));
            blank(sql, statements.remove(0));
        }
        return new MigrationScript(
                file,
                direction,
                sql.toString(),
                List.copyOf(statements),
                StatementSplitter.split(file.sql()),
                Optional.ofNullable(text.unterminated()),
                Optional.ofNullable(problemOf(file, statements)));
    }

    public boolean runsOutsideTransaction() {
        return statements.size() == 1
                && (StatementKind.of(statements.get(0)) == StatementKind.OUTSIDE_TRANSACTION || isMarked(file));
    }

    /** @return as a person finds the file */
    public String label() {
        return direction == Direction.UP ? file.fileName() : "rollbacks/" + file.fileName();
    }

    /** @return the statement by which the history learns that the script ran */
    String historyChange() {
        return direction == Direction.UP
                ? MigrationHistory.insertion(file.version(), file.name(), recorded)
                : MigrationHistory.removal(file.version());
    }

    /** @return the only statement's text */
    String single() {
        return textOf(statements.get(0));
    }

    public String textOf(SqlText.Piece statement) {
        return sql.substring(statement.start(), statement.end()).strip();
    }

    private static boolean isWrapped(List<SqlText.Piece> statements) {
        return statements.size() >= 2
                && StatementKind.isPlainBegin(statements.get(0))
                && StatementKind.isPlainCommit(statements.get(statements.size() - 1));
    }

    private static void blank(StringBuilder sql, SqlText.Piece statement) {
        for (int i = statement.start(); i < statement.end(); i++) {
            if (!Character.isWhitespace(sql.charAt(i))) {
                sql.setCharAt(i, ' ');
            }
        }
    }

    private static String problemOf(MigrationFile file, List<SqlText.Piece> statements) {
        int zero = file.sql().indexOf('\0');
        if (zero >= 0) {
            return at(file, zero) + " has a NUL character, which PostgreSQL cannot store; write the file anew";
        }
        for (SqlText.Piece statement : statements) {
            switch (StatementKind.of(statement)) {
                case TRANSACTION_CONTROL -> {
                    return at(file, statement.start()) + " has " + statement.word(0) + ", but a file runs in one"
                            + " transaction together with its history row; take it out, or split the file there"
                            + " (a BEGIN as first and a COMMIT as last statement are fine)";
                }
                case OUTSIDE_TRANSACTION -> {
                    if (statements.size() > 1) {
                        return at(file, statement.start()) + " has " + heading(statement) + ", which cannot run inside a"
                                + " transaction, among " + statements.size() + " statements; put it into a migration file"
                                + " of its own, the statements before it into an earlier one and those after it into a"
                                + " later one";
                    }
                }
                case COPY_STREAM -> {
                    return at(file, statement.start()) + " has COPY with rows in the file or to the client, which only"
                            + " psql can do; write INSERT statements instead";
                }
                default -> { }
            }
        }
        if (isMarked(file) && statements.size() > 1) {
            return file.fileName() + " is marked transaction=false, but has " + statements.size() + " statements; give each"
                    + " a migration file of its own, so that an interruption leaves no half of it behind";
        }
        return null;
    }

    private static boolean isMarked(MigrationFile file) {
        String sql = file.sql().startsWith("\uFEFF") ? file.sql().substring(1) : file.sql();
        return sql.lines().findFirst().filter(NO_TRANSACTION_MARK::equals).isPresent();
    }

    private static String heading(SqlText.Piece statement) {
        List<String> words = statement.words();
        String heading = String.join(" ", words.subList(0, Math.min(words.size(), 2)));
        return words.contains("CONCURRENTLY") ? heading.replace(" CONCURRENTLY", "") + " CONCURRENTLY" : heading;
    }

    private static String at(MigrationFile file, int offset) {
        return FilePosition.of(file.sql(), offset).in(file.fileName());
    }
}
