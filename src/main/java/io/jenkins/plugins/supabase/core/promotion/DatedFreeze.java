package io.jenkins.plugins.supabase.core.promotion;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Comes once, such as the days before a holiday.
 *
 * @param from inclusive
 * @param to   exclusive, after {@code from}
 */
public record DatedFreeze(LocalDateTime from, LocalDateTime to, ZoneId zone, String reason) implements Freeze {
    private static final long serialVersionUID = 1L;

    public DatedFreeze {
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("A freeze ends after it begins.");
        }
    }

    @Override
    public Optional<FreezeWindow> at(Instant time) {
        return Optional.of(window()).filter(window -> window.holds(time));
    }

    @Override
    public Optional<FreezeWindow> after(Instant time) {
        return Optional.of(window()).filter(window -> window.from().isAfter(time));
    }

    private FreezeWindow window() {
        return new FreezeWindow(this, Freeze.begins(from, zone), Freeze.ends(to, zone));
    }
}
