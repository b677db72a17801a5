package io.jenkins.plugins.supabase.core.promotion;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** All freezes of a gate together. */
public record Freezes(List<Freeze> all) {
    /** Weekly freezes that cover every hour of a week never end; no dated freeze makes sense for longer than this. */
    private static final Duration HORIZON = Duration.ofDays(2 * 366);

    public Freezes {
        all = List.copyOf(all);
    }

    /** @return of the windows that are open then, the one that ends last */
    public Optional<FreezeWindow> at(Instant time) {
        return all.stream()
                .flatMap(freeze -> freeze.at(time).stream())
                .max(Comparator.comparing(FreezeWindow::until));
    }

    /** @return the first time from this one on at which no freeze holds; empty where there is none within two years */
    public Optional<Instant> nextFree(Instant time) {
        Instant free = time;
        Optional<FreezeWindow> window = at(free);
        while (window.isPresent()) {
            free = window.get().until();
            if (free.isAfter(time.plus(HORIZON))) {
                return Optional.empty();
            }
            window = at(free);
        }
        return Optional.of(free);
    }

    /** @return the window that begins next */
    public Optional<FreezeWindow> next(Instant time) {
        return all.stream()
                .flatMap(freeze -> freeze.after(time).stream())
                .min(Comparator.comparing(FreezeWindow::from));
    }
}
