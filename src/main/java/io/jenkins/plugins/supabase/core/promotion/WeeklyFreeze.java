package io.jenkins.plugins.supabase.core.promotion;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Comes again every week.
 *
 * @param days   on which it begins; at least one
 * @param from   the time of day at which it begins
 * @param nights after how many midnights it ends, 0 to 7
 * @param to     the time of day at which it ends
 */
public record WeeklyFreeze(
        TreeSet<DayOfWeek> days, LocalTime from, int nights, LocalTime to, ZoneId zone, String reason)
        implements Freeze {
    private static final long serialVersionUID = 1L;
    private static final int WEEK = 7;

    public WeeklyFreeze {
        days = new TreeSet<>(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A weekly freeze begins on at least one day.");
        }
    }

    /** @return on each of these days; where {@code to} is not after {@code from}, until the next day */
    public static WeeklyFreeze daily(
            Collection<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone, String reason) {
        return new WeeklyFreeze(new TreeSet<>(days), from, to.isAfter(from) ? 0 : 1, to, zone, reason);
    }

    /** @return such as from Friday, 18:00, until Monday, 08:00 */
    public static WeeklyFreeze from(
            DayOfWeek day, LocalTime from, DayOfWeek lastDay, LocalTime to, ZoneId zone, String reason) {
        int nights = Math.floorMod(lastDay.getValue() - day.getValue(), WEEK);
        boolean aWeek = nights == 0 && !to.isAfter(from);
        TreeSet<DayOfWeek> days = new TreeSet<>();
        days.add(day);
        return new WeeklyFreeze(days, from, aWeek ? WEEK : nights, to, zone, reason);
    }

    @Override
    public Optional<FreezeWindow> at(Instant time) {
        return around(time).filter(window -> window.holds(time)).max(Comparator.comparing(FreezeWindow::until));
    }

    @Override
    public Optional<FreezeWindow> after(Instant time) {
        return around(time)
                .filter(window -> window.from().isAfter(time))
                .min(Comparator.comparing(FreezeWindow::from));
    }

    /** All that begin between eight days before and eight days after, which is more than a week of any length. */
    private Stream<FreezeWindow> around(Instant time) {
        LocalDate today = time.atZone(zone).toLocalDate();
        return IntStream.rangeClosed(-WEEK - 1, WEEK + 1)
                .mapToObj(today::plusDays)
                .filter(day -> days.contains(day.getDayOfWeek()))
                .map(day -> new FreezeWindow(
                        this,
                        Freeze.begins(day.atTime(from), zone),
                        Freeze.ends(day.plusDays(nights).atTime(to), zone)));
    }
}
