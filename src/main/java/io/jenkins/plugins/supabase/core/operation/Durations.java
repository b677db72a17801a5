package io.jenkins.plugins.supabase.core.operation;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 45s}, {@code 30min}, {@code 24h}, {@code 3d}, {@code 1d 12h}. */
public final class Durations {
    private static final Pattern ALL = Pattern.compile("(\\s*\\d{1,6}\\s*(s|m|min|h|d))+\\s*");
    private static final Pattern PART = Pattern.compile("(\\d+)\\s*(s|min|m|h|d)");

    private Durations() {}

    /** @throws IllegalArgumentException saying how to write one */
    public static Duration parse(String text) {
        if (!ALL.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no duration. Write a number with s, min, h or d, as in"
                    + " 30min, 24h, 3d or 1d 12h.");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(switch (part.group(2)) {
                case "s" -> Duration.ofSeconds(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofMinutes(number);
            });
        }
        return sum;
    }
}
