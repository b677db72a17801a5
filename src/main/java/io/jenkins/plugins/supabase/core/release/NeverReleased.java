package io.jenkins.plugins.supabase.core.release;

import java.util.Locale;
import java.util.Set;

/** What is in no release, wherever it lies and even when it was committed: secrets, and what tools leave behind. */
final class NeverReleased {
    private static final String SECRETS = ".env";
    private static final Set<String> LEFTOVERS = Set.of(".temp", ".branches", "node_modules", ".git");

    private NeverReleased() {}

    static boolean holds(String path) {
        for (String segment : path.split("/")) {
            if (name(segment)) {
                return true;
            }
        }
        return false;
    }

    /** @param segment of a path */
    static boolean name(String segment) {
        String name = segment.toLowerCase(Locale.ROOT);
        return name.startsWith(SECRETS) || LEFTOVERS.contains(name);
    }
}
