package io.jenkins.plugins.supabase.core.project;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Splits JavaScript or TypeScript into tokens, far enough to tell code from comments, strings, templates and regular
 * expressions. What cannot be right, such as a quote that is never closed on its line (an apostrophe in JSX text), is
 * taken for a single character, so that one misreading does not swallow the rest of the file.
 */
final class ScriptTokens {
    enum Kind {
        WORD,
        STRING,
        PUNCTUATOR,
        /** Numbers, regular expressions and templates with substitutions: never part of an import. */
        OTHER
    }

    /**
     * @param text of a string: without its quotes
     * @param line where it begins, counted from 1
     */
    record Token(Kind kind, String text, int line) {}

    private static final Set<String> BEFORE_EXPRESSION = Set.of(
            "return", "typeof", "case", "in", "of", "delete", "void", "throw", "new", "else", "do", "await", "yield",
            "instanceof", "default", "extends");
    private static final Set<String> BEFORE_CONDITION = Set.of("if", "while", "for", "with");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    /** For each open parenthesis, whether it holds a condition, after which a statement begins. */
    private final Deque<Boolean> conditions = new ArrayDeque<>();
    /** Open braces; true for one that ends a substitution and so goes back into its template. */
    private final Deque<Boolean> braces = new ArrayDeque<>();

    private int position;
    private int line = 1;
    private boolean afterCondition;

    private ScriptTokens(String source) {
        this.source = source;
    }

    static List<Token> of(String source) {
        ScriptTokens script = new ScriptTokens(source);
        if (source.startsWith("#!")) {
            script.skipLine();
        }
        while (script.position < source.length()) {
            script.next();
        }
        return script.tokens;
    }

    private void next() {
        char c = source.charAt(position);
        if (c == '\n') {
            line++;
            position++;
        } else if (Character.isWhitespace(c) || c == '\uFEFF') {
            position++;
        } else if (source.startsWith("//", position)) {
            skipLine();
        } else if (source.startsWith("/*", position)) {
            blockComment();
        } else if (c == '\'' || c == '"') {
            string(c);
        } else if (c == '`') {
            template(true);
        } else if (c == '/' && expressionExpected()) {
            regularExpression();
        } else if (Character.isJavaIdentifierStart(c) || c == '#' || c == '@' || c == '\\') {
            word();
        } else if (c >= '0' && c <= '9') {
            number();
        } else {
            punctuator(c);
        }
    }

    private void skipLine() {
        while (position < source.length() && source.charAt(position) != '\n') {
            position++;
        }
    }

    private void blockComment() {
        int end = source.indexOf("*/", position + 2);
        moveTo(end < 0 ? source.length() : end + 2);
    }

    private void string(char quote) {
        for (int i = position + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\n') {
                break;
            } else if (c == quote) {
                add(Kind.STRING, source.substring(position + 1, i), i + 1);
                return;
            }
        }
        add(Kind.PUNCTUATOR, String.valueOf(quote), position + 1);
    }

    /** @param fromStart false when a substitution has just ended and the rest of its template follows */
    private void template(boolean fromStart) {
        for (int i = position + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '`') {
                Kind kind = fromStart ? Kind.STRING : Kind.OTHER;
                add(kind, fromStart ? source.substring(position + 1, i) : "`", i + 1);
                return;
            } else if (c == '$' && i + 1 < source.length() && source.charAt(i + 1) == '{') {
                braces.push(true);
                add(Kind.OTHER, "${", i + 2);
                return;
            }
        }
        add(Kind.PUNCTUATOR, source.substring(position, position + 1), position + 1);
    }

    private void regularExpression() {
        boolean inClass = false;
        for (int i = position + 1; i < source.length(); i++) {
            char c = source.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\n') {
                break;
            } else if (c == '[') {
                inClass = true;
            } else if (c == ']') {
                inClass = false;
            } else if (c == '/' && !inClass) {
                add(Kind.OTHER, "/", i + 1);
                return;
            }
        }
        add(Kind.PUNCTUATOR, "/", position + 1);
    }

    private void word() {
        int end = position + 1;
        while (end < source.length() && Character.isJavaIdentifierPart(source.charAt(end))) {
            end++;
        }
        add(Kind.WORD, source.substring(position, end), end);
    }

    private void number() {
        int end = position + 1;
        while (end < source.length()
                && (Character.isLetterOrDigit(source.charAt(end)) || source.charAt(end) == '_' || source.charAt(end) == '.')) {
            end++;
        }
        add(Kind.OTHER, "0", end);
    }

    private void punctuator(char c) {
        boolean condition = false;
        switch (c) {
            case '(' -> conditions.push(!tokens.isEmpty() && BEFORE_CONDITION.contains(lastWord()));
            case ')' -> condition = !conditions.isEmpty() && conditions.pop();
            case '{' -> braces.push(false);
            case '}' -> {
                if (!braces.isEmpty() && braces.pop()) {
                    template(false);
                    return;
                }
            }
            default -> {}
        }
        add(Kind.PUNCTUATOR, String.valueOf(c), position + 1);
        afterCondition = condition;
    }

    /** A slash begins a regular expression where an expression may begin, and divides everywhere else. */
    private boolean expressionExpected() {
        if (tokens.isEmpty() || afterCondition) {
            return true;
        }
        Token last = tokens.get(tokens.size() - 1);
        return switch (last.kind()) {
            case WORD -> BEFORE_EXPRESSION.contains(last.text());
            case STRING -> false;
            case OTHER -> last.text().equals("${");
            case PUNCTUATOR -> !Set.of(")", "]", "}", "<").contains(last.text());
        };
    }

    private String lastWord() {
        Token last = tokens.get(tokens.size() - 1);
        return last.kind() == Kind.WORD ? last.text() : "";
    }

    private void add(Kind kind, String text, int end) {
        tokens.add(new Token(kind, text, line));
        afterCondition = false;
        moveTo(end);
    }

    private void moveTo(int end) {
        for (int i = position; i < end; i++) {
            if (source.charAt(i) == '\n') {
                line++;
            }
        }
        position = end;
    }
}
