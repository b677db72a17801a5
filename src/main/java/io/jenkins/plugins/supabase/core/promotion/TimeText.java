package io.jenkins.plugins.supabase.core.promotion;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times in evidence. */
public final class TimeText {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private TimeText() {}

    /** @return the two largest units, rounded down, such as {@code 3 d 4 h}, {@code 2 h 5 min}, {@code 45 s} */
    static String of(Duration duration) {
        Duration shown = duration.isNegative() ? Duration.ZERO : duration;
        if (shown.toDays() > 0) {
            return two(shown.toDays(), "d", shown.toHoursPart(), "h");
        }
        if (shown.toHours() > 0) {
            return two(shown.toHours(), "h", shown.toMinutesPart(), "min");
        }
        return shown.toMinutes() > 0
                ? two(shown.toMinutes(), "min", shown.toSecondsPart(), "s")
                : shown.toSeconds() + " s";
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
    }

    public static String of(Instant time) {
        return UTC.format(time);
    }
}
