package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;

/** Nothing came back; the message says why, in a few words for a table. */
final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration after;
    private final boolean late;

    NoAnswerException(String message, Duration after, boolean late, Throwable cause) {
        super(message, cause);
        this.after = after;
        this.late = late;
    }

    Duration after() {
        return after;
    }

    /** @return whether it was given up for having taken too long */
    boolean late() {
        return late;
    }
}
