package io.jenkins.plugins.supabase.core.postgres;

import java.util.Locale;

/**
 * One token of a statement.
 *
 * @param text   a word in upper case, a quoted identifier or string as it is written, or one character
 * @param offset of its first character in the script
 */
public record SqlToken(Kind kind, String text, int offset) {
    public enum Kind {
        /** A key word, a plain identifier or a number. */
        WORD,
        QUOTED_IDENTIFIER,
        STRING,
        SYMBOL
    }

    public boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    public boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    public boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_IDENTIFIER;
    }

    /** @return an identifier as the catalog has it */
    public String name() {
        return kind == Kind.QUOTED_IDENTIFIER
                ? text.substring(1, text.length() - 1).replace("\"\"", "\"")
                : text.toLowerCase(Locale.ROOT);
    }
}
