package io.jenkins.plugins.supabase.core.promotion;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/** When nothing is promoted: by the clock on the wall of one place. */
public sealed interface Freeze extends Serializable permits WeeklyFreeze, DatedFreeze {
    /** @return for people, such as {@code weekend} */
    String reason();

    ZoneId zone();

    /** @return the window that is open at that time */
    Optional<FreezeWindow> at(Instant time);

    /** @return the first window that begins after that time */
    Optional<FreezeWindow> after(Instant time);

    /**
     * @return when the clock on the wall has come to it; where it is put back, and shows that time twice, the first of
     *     both
     */
    static Instant begins(LocalDateTime wall, ZoneId zone) {
        return reached(wall, zone)
                .orElseGet(() -> ZonedDateTime.of(wall, zone).withEarlierOffsetAtOverlap().toInstant());
    }

    /** @return like {@link #begins}, but the second of both: until then it is frozen */
    static Instant ends(LocalDateTime wall, ZoneId zone) {
        return reached(wall, zone)
                .orElseGet(() -> ZonedDateTime.of(wall, zone).withLaterOffsetAtOverlap().toInstant());
    }

    /** Where the clock is put forward past it, that moment. */
    private static Optional<Instant> reached(LocalDateTime wall, ZoneId zone) {
        return Optional.ofNullable(zone.getRules().getTransition(wall))
                .filter(ZoneOffsetTransition::isGap)
                .map(ZoneOffsetTransition::getInstant);
    }
}
