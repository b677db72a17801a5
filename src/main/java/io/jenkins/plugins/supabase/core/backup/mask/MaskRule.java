package io.jenkins.plugins.supabase.core.backup.mask;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.Serializable;
import java.util.Locale;

/**
 * What becomes of the values of a column. NULL stays NULL under each of them.
 *
 * @param text that replaces every value, where it is fixed; otherwise empty
 */
public record MaskRule(Kind kind, String text) implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String TEXT = "text:";

    /** How a value is replaced. */
    public enum Kind {
        /** By a keyed hash of itself: equal values stay equal and different ones different. */
        HASH,
        /** By NULL. */
        NULL,
        /** By the same text for all. */
        TEXT
    }

    /** @throws DeliveryException unless it is {@code hash}, {@code null} or {@code text:} with a text */
    public static MaskRule parse(String word) {
        if (word.startsWith(TEXT)) {
            return new MaskRule(Kind.TEXT, word.substring(TEXT.length()));
        }
        return switch (word.strip()) {
            case "hash" -> new MaskRule(Kind.HASH, "");
            case "null" -> new MaskRule(Kind.NULL, "");
            default -> throw new DeliveryException("'" + word + "' is no rule for masking a column, so that nothing was"
                    + " done. Write 'hash', 'null', or 'text:' and what every value is replaced by.");
        };
    }

    /** @return as it is written */
    @Override
    public String toString() {
        return kind == Kind.TEXT ? TEXT + text : kind.name().toLowerCase(Locale.ROOT);
    }
}
