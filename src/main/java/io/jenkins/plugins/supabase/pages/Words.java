package io.jenkins.plugins.supabase.pages;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Values in the form in which a person reads them. */
public final class Words {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final int SHORT_DIGEST = 12;

    private Words() {}

    /** @return such as "edited migration" for EDITED_MIGRATION */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @return such as "1.4 MB" */
    public static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 || value >= 10
                ? "%.0f %s".formatted(value, UNITS[unit])
                : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
    }

    /** @return such as "12,000" */
    public static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** @return such as "850 ms", "12.3 s" or "4 min 5 s" */
    public static String duration(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        return seconds / 60 + " min " + seconds % 60 + " s";
    }

    /** @return of a time that somebody set, such as "24 h" or "1 h 30 min" */
    public static String span(Duration span) {
        List<String> parts = new ArrayList<>();
        add(parts, span.toHours(), "h");
        add(parts, span.toMinutesPart(), "min");
        add(parts, span.toSecondsPart(), "s");
        return parts.isEmpty() ? "0 s" : String.join(" ", parts);
    }

    private static void add(List<String> parts, long number, String unit) {
        if (number > 0) {
            parts.add(number + " " + unit);
        }
    }

    public static String shortened(String digest) {
        return digest == null || digest.length() <= SHORT_DIGEST ? digest : digest.substring(0, SHORT_DIGEST);
    }
}
