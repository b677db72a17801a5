package io.jenkins.plugins.supabase.core.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a migration file into the statements that the Supabase CLI 3.1.0 stores for it in
 * {@code supabase_migrations.schema_migrations.statements}, to the character: its wrong cuts included, so that both tools
 * leave the same history. Nothing is executed by these cuts; the server takes a file apart itself ({@link SqlText} shows
 * where), so that SQL which the CLI cannot push still runs.
 *
 * <p>Facts, compared with the CLI on generated files by {@code SupabaseCliIT}: a cut is made at each semicolon in the
 * {@linkplain SplitterState ready state}; semicolons at the end of a piece and white space around it go, comments stay,
 * and an empty piece is not recorded.
 */
public final class StatementSplitter {
    private StatementSplitter() {}

    public static List<SqlStatement> split(String sql) {
        List<SqlStatement> statements = new ArrayList<>();
        LineCounter lines = new LineCounter(sql);
        SplitterState.Window window = new SplitterState.Window(sql);
        SplitterState state = SplitterState.READY;
        while (window.advance()) {
            state = state.next(window);
            if (state == SplitterState.END_OF_STATEMENT) {
                add(statements, sql, window.start(), window.end(), lines);
                window.startAnew();
                state = SplitterState.READY;
            }
        }
        add(statements, sql, window.start(), sql.length(), lines);
        return statements;
    }

    private static void add(List<SqlStatement> statements, String sql, int from, int to, LineCounter lines) {
        int start = from;
        int end = to;
        while (end > start && sql.charAt(end - 1) == ';') {
            end--;
        }
        while (end > start && isTrimmed(sql.charAt(end - 1))) {
            end--;
        }
        while (start < end && isTrimmed(sql.charAt(start))) {
            start++;
        }
        if (start < end) {
            statements.add(new SqlStatement(sql.substring(start, end), start, lines.lineOf(start)));
        }
    }

    /** What ECMAScript's {@code String.prototype.trim} takes away; the CLI is written in TypeScript. */
    private static boolean isTrimmed(char c) {
        return switch (c) {
            case '\t', '\n', '\u000B', '\f', '\r', ' ', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F',
                    '\u3000', '\uFEFF' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }

    /** Counts lines of a text for growing offsets, so that a long file is read once. */
    private static final class LineCounter {
        private final String text;
        private int line = 1;
        private int counted;

        LineCounter(String text) {
            this.text = text;
        }

        int lineOf(int offset) {
            for (; counted < offset; counted++) {
                if (text.charAt(counted) == '\n') {
                    line++;
                }
            }
            return line;
        }
    }
}
