package io.jenkins.plugins.supabase.core.migration;

import java.time.Duration;
import java.util.Optional;

/**
 * How migrations are run.
 *
 * @param lockTimeout      how long one statement may wait for a lock before the file is rolled back and tried again;
 *                         positive, whole milliseconds
 * @param lockAttempts     how often a file is tried in all when it meets a lock, at least 1
 * @param statementTimeout of each statement; empty leaves the role's own setting
 */
public record MigrationOptions(Duration lockTimeout, int lockAttempts, Optional<Duration> statementTimeout) {
    public static final MigrationOptions DEFAULTS = new MigrationOptions(Duration.ofSeconds(4), 5, Optional.empty());

    public MigrationOptions {
        requireMillisecond("lockTimeout", lockTimeout);
        statementTimeout.ifPresent(timeout -> requireMillisecond("statementTimeout", timeout));
        if (lockAttempts < 1) {
            throw new IllegalArgumentException("lockAttempts must be at least 1, but is " + lockAttempts);
        }
    }

    private static void requireMillisecond(String option, Duration value) {
        if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(option + " must be 1 ms to 24 days, but is " + value);
        }
    }
}
