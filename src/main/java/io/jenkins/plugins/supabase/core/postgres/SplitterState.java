package io.jenkins.plugins.supabase.core.postgres;

/**
 * One state of the Supabase CLI's splitter, as measured and read from version 3.1.0. It differs from the server's own
 * lexer in a few places, which are kept: nested parentheses all end at the first closing one, a backslash outside quotes
 * hides the next character, and a dollar quote may end with its own opening dollar sign.
 */
interface SplitterState {
    /** A semicolon ended the statement. */
    SplitterState END_OF_STATEMENT = window -> {
        throw new IllegalStateException("the statement has ended");
    };

    SplitterState READY = new Ready();

    /** @return the state after the character that {@code window} ends with */
    SplitterState next(Window window);

    /** The part of the file from the start of the current statement to the character being read, inclusive. */
    final class Window {
        private final String sql;
        private int start;
        private int end;
        private int character;

        Window(String sql) {
            this.sql = sql;
        }

        boolean advance() {
            if (end == sql.length()) {
                return false;
            }
            character = sql.codePointAt(end);
            end += Character.charCount(character);
            return true;
        }

        void startAnew() {
            start = end;
        }

        int start() {
            return start;
        }

        int end() {
            return end;
        }

        int character() {
            return character;
        }

        int beforeCharacter() {
            return end - Character.charCount(character);
        }

        boolean endsWith(String text) {
            return end - text.length() >= start && sql.startsWith(text, end - text.length());
        }

        /** @return whether the lower-case {@code word} stands right before {@code position}, in any case, as a whole word */
        boolean wordEndsAt(int position, String word) {
            int from = position - word.length();
            if (from < start || isIdentifierBefore(from)) {
                return false;
            }
            for (int i = 0; i < word.length(); i++) {
                char c = sql.charAt(from + i);
                if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != word.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        boolean isIdentifierBefore(int position) {
            return position > start && isIdentifier(sql.codePointBefore(position));
        }

        int skipWhiteSpaceBack(int position) {
            int at = position;
            while (at > start && isWhiteSpace(sql.charAt(at - 1))) {
                at--;
            }
            return at;
        }

        /** @return whether nothing but white space and comments stands between the two positions */
        boolean isBlank(int from, int to) {
            return SqlText.skipBlank(sql, from, to) == to;
        }
    }

    static boolean isIdentifier(int c) {
        return c >= 128 || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$';
    }

    static boolean isWhiteSpace(int c) {
        return c == ' ' || c == '\t' || isNewline(c) || c == '\f' || c == '\u000B';
    }

    static boolean isNewline(int c) {
        return c == '\n' || c == '\r';
    }

    /** Between tokens. */
    final class Ready implements SplitterState {
        @Override
        public SplitterState next(Window window) {
            int before = window.beforeCharacter();
            return switch (window.character()) {
                case ';' -> END_OF_STATEMENT;
                case '\'' -> new Quoted('\'', window.wordEndsAt(before, "e"));
                case '"' -> new Quoted('"', false);
                case '$' -> window.isIdentifierBefore(before) ? this : new DollarTag(before);
                case '-' -> new Dash();
                case '/' -> new BlockComment();
                case '\\' -> escaped -> READY;
                case '(' -> new Parenthesis();
                case 'c', 'C' -> endsWithBeginAtomic(window) ? new AtomicBody(window.end()) : this;
                default -> this;
            };
        }

        private static boolean endsWithBeginAtomic(Window window) {
            int end = window.end();
            return window.wordEndsAt(end, "atomic")
                    && window.wordEndsAt(window.skipWhiteSpaceBack(end - "atomic".length()), "begin");
        }
    }

    /** After one dash. */
    final class Dash implements SplitterState {
        private static final SplitterState LINE_COMMENT = new SplitterState() {
            @Override
            public SplitterState next(Window window) {
                return isNewline(window.character()) ? READY : this;
            }
        };

        @Override
        public SplitterState next(Window window) {
            return window.character() == '-' ? LINE_COMMENT : READY.next(window);
        }
    }

    /** After a slash; a comment once a star follows. */
    final class BlockComment implements SplitterState {
        private int depth;
        private boolean afterDelimiter;

        @Override
        public SplitterState next(Window window) {
            int change = afterDelimiter ? 0 : window.endsWith("/*") ? 1 : window.endsWith("*/") ? -1 : 0;
            afterDelimiter = change != 0;
            if (depth == 0 && change == 0) {
                return READY.next(window);
            }
            depth += change;
            return depth == 0 ? READY : this;
        }
    }

    /** Inside a string or a quoted identifier, or right after the quote that may end it. */
    final class Quoted implements SplitterState {
        private final char quote;
        private final boolean backslashEscapes;
        private boolean afterQuote;
        private boolean afterBackslash;

        Quoted(char quote, boolean backslashEscapes) {
            this.quote = quote;
            this.backslashEscapes = backslashEscapes;
        }

        @Override
        public SplitterState next(Window window) {
            int c = window.character();
            if (afterQuote) {
                if (c == quote) {
                    afterQuote = false;
                    return this;
                }
                return backslashEscapes ? new Continuation().next(window) : READY.next(window);
            }
            if (afterBackslash) {
                afterBackslash = false;
            } else if (backslashEscapes && c == '\\') {
                afterBackslash = true;
            } else if (c == quote) {
                afterQuote = true;
            }
            return this;
        }
    }

    /** After an escape string, which goes on with the next quote if a line break stands between the two. */
    final class Continuation implements SplitterState {
        private boolean newline;
        private int dashes;

        @Override
        public SplitterState next(Window window) {
            int c = window.character();
            if (dashes == 2) {
                if (isNewline(c)) {
                    dashes = 0;
                    newline = true;
                }
                return this;
            }
            if (c == '-') {
                dashes++;
                return this;
            }
            if (dashes == 0 && isWhiteSpace(c)) {
                newline |= isNewline(c);
                return this;
            }
            return dashes == 0 && newline && c == '\'' ? new Quoted('\'', true) : READY.next(window);
        }
    }

    /** After a dollar sign that may open a dollar quote. */
    record DollarTag(int offset) implements SplitterState {
        @Override
        public SplitterState next(Window window) {
            if (window.character() == '$') {
                String tag = window.sql.substring(offset, window.end());
                return new DollarQuoted(tag);
            }
            return isIdentifier(window.character()) ? this : READY.next(window);
        }
    }

    /** Inside a dollar quote. */
    record DollarQuoted(String tag) implements SplitterState {
        @Override
        public SplitterState next(Window window) {
            return window.character() == '$' && window.endsWith(tag) ? READY : this;
        }
    }

    /** Inside parentheses, where semicolons do not count. */
    final class Parenthesis implements SplitterState {
        private SplitterState inner = READY;

        @Override
        public SplitterState next(Window window) {
            SplitterState next = inner.next(window);
            if (next == END_OF_STATEMENT) {
                inner = READY;
                return this;
            }
            inner = next;
            return inner == READY && window.character() == ')' ? READY : this;
        }
    }

    /** Inside {@code BEGIN ATOMIC … END}: ends with an END that begins a statement. */
    final class AtomicBody implements SplitterState {
        private SplitterState inner = READY;
        private int statementStart;
        private boolean statementHasContent;
        private boolean afterEnd;

        AtomicBody(int statementStart) {
            this.statementStart = statementStart;
        }

        @Override
        public SplitterState next(Window window) {
            boolean ended = afterEnd && !isIdentifier(window.character());
            afterEnd = false;
            if (ended) {
                return READY.next(window);
            }
            SplitterState next = inner.next(window);
            if (next == END_OF_STATEMENT) {
                inner = READY;
                statementStart = window.end();
                statementHasContent = false;
                return this;
            }
            inner = next;
            if (inner == READY && !statementHasContent && window.wordEndsAt(window.end(), "end")) {
                afterEnd = window.isBlank(statementStart, window.end() - "end".length());
                statementHasContent = !afterEnd;
            }
            return this;
        }
    }
}
