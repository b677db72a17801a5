package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;

/** Nothing came back; the message says why, in a few words for a table. */
final class NoAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Duration after;

    NoAnswerException(String message, Duration after, Throwable cause) {
        super(message, cause);
        this.after = after;
    }

    Duration after() {
        return after;
    }
}
