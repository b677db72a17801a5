package io.jenkins.plugins.supabase.dashboard;

import java.util.Arrays;
import java.util.Locale;

/** What somebody wrote into an address: anything else than what is understood is taken for nothing. */
final class Parameters {
    private static final int MOST_DIGITS = 18;

    private Parameters() {}

    static int number(String text, int otherwise) {
        return (int) Math.min(number(text, (long) otherwise), Integer.MAX_VALUE);
    }

    static long number(String text, long otherwise) {
        return text != null && text.matches("[0-9]{1," + MOST_DIGITS + "}") ? Long.parseLong(text) : otherwise;
    }

    static <E extends Enum<E>> E word(String text, E otherwise) {
        return text == null
                ? otherwise
                : Arrays.stream(otherwise.getDeclaringClass().getEnumConstants())
                        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                        .findFirst()
                        .orElse(otherwise);
    }

    /** @return null for a blank one */
    static String text(String text) {
        return text == null || text.isBlank() ? null : text.trim();
    }
}
