package io.jenkins.plugins.supabase.core.blob;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast bytes may go, as people write it: {@code 20 MB/s}, {@code 1.5 GiB/s}, {@code 100 Mbit/s}.
 *
 * @param bytesPerSecond at least {@link #LEAST}
 */
record Bandwidth(long bytesPerSecond) {
    /** Where less is shared by all calls at once, servers hang up on those that wait for their turn. */
    static final long LEAST = 64_000;

    private static final long MOST = 1_000_000_000_000L;
    private static final int BITS = 8;
    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*([kKMGT]?)(i?)(B|bit)/s");

    /** @throws IllegalArgumentException with a sentence that says how to write one */
    static Bandwidth parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        // There is no "kibi" without its letter.
        if (!matcher.matches() || !matcher.group(3).isEmpty() && matcher.group(2).isEmpty()) {
            throw new IllegalArgumentException("\"" + text + "\" is no bandwidth: write a number and a unit per second,"
                    + " as in 20 MB/s, 8 MiB/s or 100 Mbit/s.");
        }
        BigDecimal base = BigDecimal.valueOf(matcher.group(3).isEmpty() ? 1000 : 1024);
        BigDecimal units = new BigDecimal(matcher.group(1)).multiply(base.pow(power(matcher.group(2))));
        long bytes = (matcher.group(4).equals("bit") ? units.divide(BigDecimal.valueOf(BITS)) : units).longValue();
        if (bytes < LEAST || bytes > MOST) {
            throw new IllegalArgumentException("\"" + text + "\" is not between 64 kB/s, below which servers break"
                    + " connections off, and 1 TB/s. Leave it empty for no limit.");
        }
        return new Bandwidth(bytes);
    }

    private static int power(String letter) {
        return switch (letter) {
            case "k", "K" -> 1;
            case "M" -> 2;
            case "G" -> 3;
            case "T" -> 4;
            default -> 0;
        };
    }

    /** @return a sentence with the way out; null where it can be used, or is null */
    static String problem(String text) {
        try {
            if (text != null) {
                parse(text);
            }
            return null;
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}
