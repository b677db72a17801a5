package io.jenkins.plugins.supabase.core.postgres;

import java.util.ArrayList;
import java.util.List;

/**
 * A script as the server's lexer sees it, with {@code standard_conforming_strings} on: where its statements begin and
 * end, and by which words they can be told apart. Facts: PostgreSQL's manual, "Lexical Structure".
 */
public final class SqlText {
    private static final int WORDS_KEPT = 64;

    private final String sql;
    private final List<Piece> pieces = new ArrayList<>();
    private List<String> words = new ArrayList<>();
    private int statementStart = -1;
    private int parentheses;
    private boolean atomicBody;
    private boolean bodyStatementBegins;
    private int openCases;
    private Unterminated unterminated;

    private SqlText(String sql) {
        this.sql = sql;
    }

    /**
     * One statement.
     *
     * @param start of its first token; comments before it do not count
     * @param end   where its semicolon stands, or the script ends
     * @param words the first of its words, at most 64: key words and plain identifiers in upper case, quoted identifiers
     *              with their quotes, and parentheses, dots and commas
     */
    public record Piece(int start, int end, List<String> words) {
        public boolean startsWith(String... expected) {
            return words.size() >= expected.length && words.subList(0, expected.length).equals(List.of(expected));
        }

        public String word(int index) {
            return index < words.size() ? words.get(index) : "";
        }
    }

    /**
     * Something that is opened and never closed.
     *
     * @param what  in words, such as "quoted string"
     * @param start where it opens
     */
    public record Unterminated(String what, int start) {}

    public static SqlText scan(String sql) {
        SqlText text = new SqlText(sql);
        text.run();
        return text;
    }

    public List<Piece> statements() {
        return pieces;
    }

    /** @return the script's tokens with one space between any two: equal for scripts that differ in layout and comments only */
    public static String condensed(String sql) {
        SqlText text = new SqlText(sql);
        StringBuilder tokens = new StringBuilder();
        int at = sql.startsWith("\uFEFF") ? 1 : 0;
        while ((at = skipBlank(sql, at, sql.length())) < sql.length()) {
            int end = text.token(sql.charAt(at), at);
            tokens.append(tokens.isEmpty() ? "" : " ").append(sql, at, end);
            at = end;
        }
        return tokens.toString();
    }

    /** @return what the script leaves open, or null */
    public Unterminated unterminated() {
        return unterminated;
    }

    /** @return the first position from {@code from} on that is neither white space nor in a comment, at most {@code to} */
    static int skipBlank(String sql, int from, int to) {
        int at = from;
        while (at < to) {
            if (SplitterState.isWhiteSpace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOfLine(sql, at);
            } else if (sql.startsWith("/*", at)) {
                int end = endOfComment(sql, at);
                at = end < 0 ? to : end;
            } else {
                return at;
            }
        }
        return to;
    }

    private void run() {
        int at = 0;
        // Editors of another world put a byte order mark first; it is no part of the SQL.
        if (sql.startsWith("\uFEFF")) {
            at = 1;
        }
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (SplitterState.isWhiteSpace(c)) {
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOfLine(sql, at);
            } else if (sql.startsWith("/*", at)) {
                at = closed("comment", at, endOfComment(sql, at));
            } else if (c == ';' && parentheses == 0 && !atomicBody) {
                endStatement(at);
                at++;
            } else {
                if (statementStart < 0) {
                    statementStart = at;
                }
                at = token(c, at);
            }
        }
        endStatement(sql.length());
    }

    private int token(char c, int at) {
        return switch (c) {
            case '\'' -> closed("quoted string", at, endOfQuoted(at, '\''));
            case '"' -> {
                int end = closed("quoted identifier", at, endOfQuoted(at, '"'));
                keep(sql.substring(at, end));
                yield end;
            }
            case '$' -> dollar(at);
            case '(', ')', '.', ',' -> {
                keep(String.valueOf(c));
                parentheses = Math.max(0, parentheses + (c == '(' ? 1 : c == ')' ? -1 : 0));
                yield at + 1;
            }
            case ';' -> {
                bodyStatementBegins = true;
                yield at + 1;
            }
            default -> isIdentifierPart(c) ? word(at) : at + 1;
        };
    }

    private int word(int start) {
        int end = start + 1;
        while (end < sql.length() && isIdentifierPart(sql.charAt(end))) {
            end++;
        }
        String word = upperCase(sql.substring(start, end));
        if (word.equals("E") && end < sql.length() && sql.charAt(end) == '\'') {
            return closed("quoted string", end, endOfEscapeString(end));
        }
        boolean first = bodyStatementBegins;
        bodyStatementBegins = false;
        if (!atomicBody) {
            atomicBody = word.equals("ATOMIC") && lastWord().equals("BEGIN") && parentheses == 0;
            bodyStatementBegins = atomicBody;
        } else if (word.equals("CASE")) {
            openCases++;
        } else if (word.equals("END")) {
            if (openCases > 0) {
                openCases--;
            } else if (first) {
                atomicBody = false;
            }
        }
        keep(word);
        return end;
    }

    private String lastWord() {
        return words.isEmpty() ? "" : words.get(words.size() - 1);
    }

    private void keep(String word) {
        if (words.size() == WORDS_KEPT) {
            // The last one is replaced, not dropped: BEGIN ATOMIC may stand behind many arguments.
            words.set(WORDS_KEPT - 1, word);
        } else {
            words.add(word);
        }
    }

    private int dollar(int at) {
        int end = at + 1;
        while (end < sql.length() && isTagPart(sql.charAt(end), end == at + 1)) {
            end++;
        }
        if (end == sql.length() || sql.charAt(end) != '$') {
            return at + 1;
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        return closed("dollar-quoted string " + tag, at, close < 0 ? -1 : close + tag.length());
    }

    private int endOfQuoted(int open, char quote) {
        int at = open + 1;
        while (at < sql.length()) {
            if (sql.charAt(at) != quote) {
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
        return -1;
    }

    private int endOfEscapeString(int open) {
        int at = open + 1;
        while (at < sql.length()) {
            char c = sql.charAt(at);
            if (c == '\\') {
                at += 2;
            } else if (c != '\'') {
                at++;
            } else if (at + 1 < sql.length() && sql.charAt(at + 1) == '\'') {
                at += 2;
            } else {
                int continuation = continuationOf(at + 1);
                if (continuation < 0) {
                    return at + 1;
                }
                at = continuation + 1;
            }
        }
        return -1;
    }

    /** @return where the quote stands with which a string goes on after a line break, or -1 */
    private int continuationOf(int after) {
        boolean newline = false;
        int at = after;
        while (at < sql.length()) {
            if (SplitterState.isWhiteSpace(sql.charAt(at))) {
                newline |= SplitterState.isNewline(sql.charAt(at));
                at++;
            } else if (sql.startsWith("--", at)) {
                at = endOfLine(sql, at);
            } else {
                return newline && sql.charAt(at) == '\'' ? at : -1;
            }
        }
        return -1;
    }

    private int closed(String what, int start, int end) {
        if (end >= 0) {
            return end;
        }
        unterminated = new Unterminated(what, start);
        return sql.length();
    }

    private void endStatement(int end) {
        if (statementStart >= 0) {
            pieces.add(new Piece(statementStart, end, List.copyOf(words)));
        }
        words = new ArrayList<>();
        statementStart = -1;
        parentheses = 0;
        atomicBody = false;
        openCases = 0;
    }

    private static int endOfLine(String sql, int at) {
        int end = at;
        while (end < sql.length() && !SplitterState.isNewline(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int endOfComment(String sql, int open) {
        int depth = 1;
        int at = open + 2;
        while (at < sql.length()) {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                at += 2;
                if (--depth == 0) {
                    return at;
                }
            } else {
                at++;
            }
        }
        return -1;
    }

    /** Only ASCII, as the server folds: any other letter must stay what it is. */
    static String upperCase(String word) {
        char[] letters = word.toCharArray();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] >= 'a' && letters[i] <= 'z') {
                letters[i] -= 'a' - 'A';
            }
        }
        return new String(letters);
    }

    private static boolean isIdentifierPart(char c) {
        return SplitterState.isIdentifier(c);
    }

    private static boolean isTagPart(char c, boolean first) {
        return c != '$' && isIdentifierPart(c) && !(first && c >= '0' && c <= '9');
    }
}
