package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.environment.SettingProblem;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A freeze as an administrator writes it down: blank means "not set". With {@code days} it comes every week, without it
 * once.
 *
 * @param days   such as {@code friday}, {@code sat, sun} or {@code monday-friday}
 * @param from   a time of day, such as {@code 18:00}; for a dated one {@code 2026-12-20 18:00} or a date alone
 * @param to     likewise; a date alone is meant whole. A time of day that is not after {@code from} is on the next day
 * @param until  the day of the week on which a weekly one ends, where that is not the same or the next
 * @param zone   such as {@code Europe/Berlin}
 * @param reason for people
 */
public record FreezeSettings(String days, String from, String to, String until, String zone, String reason) {
    private static final int SHORTEST = 2;
    private static final int WEEK = 7;

    public FreezeSettings {
        days = blankToEmpty(days);
        from = blankToEmpty(from);
        to = blankToEmpty(to);
        until = blankToEmpty(until);
        zone = blankToEmpty(zone);
        reason = blankToEmpty(reason);
    }

    /** @return the first thing that is wrong; empty when the freeze can be used */
    public List<SettingProblem> problems() {
        try {
            toFreeze();
            return List.of();
        } catch (Unusable e) {
            return List.of(e.problem);
        }
    }

    /** @throws IllegalArgumentException naming the field and the reason of the first problem */
    public Freeze toFreeze() {
        String why = value("reason", reason, text -> text, "Say for people what the freeze is for.");
        ZoneId place = value("zone", zone, ZoneId::of, "\"" + zone + "\" is no time zone" + zoneHint()
                + ". Write it as in Europe/Berlin or UTC.");
        return days.isEmpty() ? dated(place, why) : weekly(place, why);
    }

    private Freeze weekly(ZoneId place, String why) {
        Set<DayOfWeek> begins = value("days", days, FreezeSettings::days,
                "\"" + days + "\" are no days of the week. Write them as in friday, or sat, sun, or monday-friday.");
        LocalTime start = value("from", from, LocalTime::parse, timeOfDay(from));
        LocalTime end = value("to", to, LocalTime::parse, timeOfDay(to));
        if (until.isEmpty()) {
            return WeeklyFreeze.daily(begins, start, end, place, why);
        }
        if (begins.size() > 1) {
            throw new Unusable("until", "A freeze that lasts until another day of the week begins on one day only."
                    + " Name one in days, and write further freezes for the others.");
        }
        DayOfWeek last = value("until", until, FreezeSettings::day,
                "\"" + until + "\" is no day of the week. Write it as in monday.");
        return WeeklyFreeze.from(begins.iterator().next(), start, last, end, place, why);
    }

    private Freeze dated(ZoneId place, String why) {
        String form = " is no date. Write it as in 2026-12-20 or 2026-12-20 18:00, or name days for a freeze that comes"
                + " every week.";
        LocalDateTime start = value("from", from, text -> moment(text, 0), "\"" + from + "\"" + form);
        LocalDateTime end = value("to", to, text -> moment(text, 1), "\"" + to + "\"" + form);
        if (!end.isAfter(start)) {
            throw new Unusable("to", "The freeze would end (" + to + ") before it begins (" + from + ").");
        }
        if (!until.isEmpty()) {
            throw new Unusable("until", "Only a freeze that comes every week (with days) has a day on which it ends."
                    + " Leave it empty.");
        }
        return new DatedFreeze(start, end, place, why);
    }

    private static LocalDateTime moment(String text, int daysMore) {
        return text.contains(":")
                ? LocalDateTime.parse(text.replace(' ', 'T'))
                : LocalDate.parse(text).plusDays(daysMore).atStartOfDay();
    }

    private static String timeOfDay(String text) {
        return "\"" + text + "\" is no time of day. Write it as in 18:00.";
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.split("[,\\s]+")) {
            String[] ends = part.split("-", 2);
            DayOfWeek day = day(ends[0]);
            DayOfWeek last = day(ends[ends.length - 1]);
            int more = Math.floorMod(last.getValue() - day.getValue(), WEEK);
            for (int i = 0; i <= more; i++) {
                days.add(day.plus(i));
            }
        }
        return days;
    }

    private static DayOfWeek day(String text) {
        String name = text.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> name.length() >= SHORTEST && day.name().startsWith(name))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }

    private String zoneHint() {
        return NearestName.hint(zone, ZoneId.getAvailableZoneIds().stream()
                .filter(id -> id.contains("/"))
                .collect(Collectors.toSet()));
    }

    private static <T> T value(String field, String text, Function<String, T> reading, String problem) {
        try {
            T value = text.isEmpty() ? null : reading.apply(text);
            if (value != null) {
                return value;
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Unusable(field, problem);
        }
        throw new Unusable(field, text.isEmpty() && !field.equals("reason") ? "It is missing." : problem);
    }

    private static String blankToEmpty(String text) {
        return text == null ? "" : text.strip();
    }

    private static final class Unusable extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final transient SettingProblem problem;

        Unusable(String field, String message) {
            super("The freeze is not usable: " + field + ": " + message);
            this.problem = new SettingProblem(field, message);
        }
    }
}
