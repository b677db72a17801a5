package io.jenkins.plugins.supabase.dashboard;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a page of events begins. Each chain has numbers of its own, and clocks differ: only numbers say for sure what was
 * shown already.
 *
 * @param everywhere only events with a smaller number, in chains that are not named
 * @param below      the same by environment
 */
record AuditCursor(long everywhere, Map<String, Long> below) {
    private static final AuditCursor NEWEST = new AuditCursor(Long.MAX_VALUE, Map.of());

    AuditCursor {
        below = new TreeMap<>(below);
    }

    /** @param text a number, or what {@link #text} gave; anything else is the beginning */
    static AuditCursor of(String text) {
        if (text == null || text.isBlank()) {
            return NEWEST;
        }
        long everywhere = Long.MAX_VALUE;
        Map<String, Long> below = new TreeMap<>();
        for (String part : text.split(",")) {
            int colon = part.lastIndexOf(':');
            long number = Parameters.number(part.substring(colon + 1), Long.MAX_VALUE);
            if (colon < 0) {
                everywhere = number;
            } else {
                below.put(part.substring(0, colon), number);
            }
        }
        return new AuditCursor(everywhere, below);
    }

    long before(String environment) {
        return below.getOrDefault(environment, everywhere);
    }

    AuditCursor with(String environment, long before) {
        Map<String, Long> all = new TreeMap<>(below);
        all.put(environment, before);
        return new AuditCursor(everywhere, all);
    }

    String text() {
        Stream<String> named = below.entrySet().stream().map(entry -> entry.getKey() + ":" + entry.getValue());
        return Stream.concat(everywhere == Long.MAX_VALUE ? Stream.empty() : Stream.of("" + everywhere), named)
                .collect(Collectors.joining(","));
    }
}
