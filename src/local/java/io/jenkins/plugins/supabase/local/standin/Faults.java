package io.jenkins.plugins.supabase.local.standin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Faults waiting for the requests they belong to, oldest first. A pattern is a method and a path, as in
 * {@code GET /v1/projects/{ref}/health}: {@code *} or a name in braces stands for one segment, {@code *} for any
 * method, a final {@code **} for the rest of the path.
 */
public final class Faults {
    private final List<Armed> armed = new ArrayList<>();

    /** The next {@code times} requests that match get this fault. */
    public Faults next(String pattern, int times, Fault fault) {
        return after(0, pattern, times, fault);
    }

    public Faults next(String pattern, Fault fault) {
        return next(pattern, 1, fault);
    }

    public Faults always(String pattern, Fault fault) {
        return next(pattern, Integer.MAX_VALUE, fault);
    }

    /** The next {@code skipped} requests that match are answered, those after them get this fault. */
    public Faults from(int skipped, String pattern, Fault fault) {
        return after(skipped, pattern, Integer.MAX_VALUE, fault);
    }

    /** Like {@link #next}, but the first {@code skipped} requests that match are answered. */
    public synchronized Faults after(int skipped, String pattern, int times, Fault fault) {
        armed.add(new Armed(new PathPattern(pattern), skipped, times, fault));
        return this;
    }

    public synchronized void clear() {
        armed.clear();
    }

    /** @return how many of the faults asked for have not happened yet; those for always do not count */
    public synchronized int pending() {
        return armed.stream()
                .filter(fault -> fault.remaining != Integer.MAX_VALUE)
                .mapToInt(fault -> fault.remaining)
                .sum();
    }

    synchronized Optional<Fault> take(String method, String path) {
        for (Iterator<Armed> faults = armed.iterator(); faults.hasNext(); ) {
            Armed candidate = faults.next();
            if (candidate.pattern.match(method, path).isPresent() && --candidate.skipped < 0) {
                if (candidate.remaining != Integer.MAX_VALUE && --candidate.remaining == 0) {
                    faults.remove();
                }
                return Optional.of(candidate.fault);
            }
        }
        return Optional.empty();
    }

    private static final class Armed {
        private final PathPattern pattern;
        private final Fault fault;
        private int skipped;
        private int remaining;

        Armed(PathPattern pattern, int skipped, int times, Fault fault) {
            this.pattern = pattern;
            this.skipped = skipped;
            this.remaining = times;
            this.fault = fault;
        }
    }
}
