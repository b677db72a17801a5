package io.jenkins.plugins.supabase.core.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All tokens of a statement that {@link SqlText} found, without white space and comments. Facts: PostgreSQL's manual,
 * "Lexical Structure", with {@code standard_conforming_strings} on.
 */
public final class SqlTokens {
    /** What a rule looks at stands at a statement's beginning; this bounds the work for inserts of whole tables. */
    private static final int LONGEST = 20_000;

    private static final Pattern TAG =
            Pattern.compile("\\$(?:[A-Za-z_\\x{80}-\\x{10FFFF}][\\w\\x{80}-\\x{10FFFF}]*)?\\$");

    private final String sql;
    private final int end;
    private final List<SqlToken> tokens = new ArrayList<>();

    private SqlTokens(String sql, int end) {
        this.sql = sql;
        this.end = end;
    }

    public static List<SqlToken> of(String sql, SqlText.Piece piece) {
        SqlTokens scan = new SqlTokens(sql, Math.min(piece.end(), sql.length()));
        int at = piece.start();
        while (at < scan.end && scan.tokens.size() < LONGEST) {
            int next = SqlText.skipBlank(sql, at, scan.end);
            at = next > at ? next : scan.token(at);
        }
        return List.copyOf(scan.tokens);
    }

    private int token(int at) {
        char c = sql.charAt(at);
        if (c == '\'') {
            return keep(SqlToken.Kind.STRING, at, quoted(at, '\'', false));
        }
        if (c == '"') {
            return keep(SqlToken.Kind.QUOTED_IDENTIFIER, at, quoted(at, '"', false));
        }
        if (c == '$') {
            Matcher tag = TAG.matcher(sql).region(at, end);
            if (tag.lookingAt()) {
                int close = sql.indexOf(tag.group(), tag.end());
                return keep(SqlToken.Kind.STRING, at, close < 0 ? end : close + tag.group().length());
            }
        }
        if (!SplitterState.isIdentifier(c)) {
            return keep(SqlToken.Kind.SYMBOL, at, at + 1);
        }
        int word = at + 1;
        while (word < end && SplitterState.isIdentifier(sql.charAt(word))) {
            word++;
        }
        boolean prefix = word - at == 1 && word < end && sql.charAt(word) == '\'';
        if (prefix && "eEbBxXnN".indexOf(c) >= 0) {
            return keep(SqlToken.Kind.STRING, at, quoted(word, '\'', c == 'e' || c == 'E'));
        }
        return keep(SqlToken.Kind.WORD, at, word);
    }

    private int quoted(int open, char quote, boolean escapes) {
        int at = open + 1;
        while (at < end) {
            char c = sql.charAt(at);
            if (escapes && c == '\\') {
                at += 2;
            } else if (c != quote) {
                at++;
            } else if (at + 1 < end && sql.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return end;
    }

    private int keep(SqlToken.Kind kind, int from, int to) {
        int until = Math.min(to, end);
        String text = sql.substring(from, until);
        tokens.add(new SqlToken(kind, kind == SqlToken.Kind.WORD ? SqlText.upperCase(text) : text, from));
        return until;
    }
}
