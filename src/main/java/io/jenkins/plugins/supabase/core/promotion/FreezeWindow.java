package io.jenkins.plugins.supabase.core.promotion;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * One time of a freeze.
 *
 * @param from  inclusive
 * @param until exclusive
 */
public record FreezeWindow(Freeze freeze, Instant from, Instant until) {
    private static final DateTimeFormatter WALL =
            DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm VV", Locale.ENGLISH);

    boolean holds(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** @return such as {@code weekend (Fri 2026-11-27 18:00 Europe/Berlin to Mon 2026-11-30 08:00 Europe/Berlin)} */
    public String describe() {
        return "%s (%s to %s)".formatted(freeze.reason(), wall(from, freeze.zone()), wall(until, freeze.zone()));
    }

    static String wall(Instant time, ZoneId zone) {
        return WALL.format(time.atZone(zone));
    }
}
