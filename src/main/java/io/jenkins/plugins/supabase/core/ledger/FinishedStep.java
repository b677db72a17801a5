package io.jenkins.plugins.supabase.core.ledger;

import java.util.Objects;

/**
 * A step that is recorded when it is over already, such as one function of many that were activated by one call.
 *
 * @param millis how long it took, as measured by the caller; 0 where it did nothing
 */
public record FinishedStep(String kind, String subject, StepState state, long millis, String detail) {
    public FinishedStep {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(detail);
        if (state == StepState.RUNNING || millis < 0) {
            throw new IllegalArgumentException("a finished step is " + state + " after " + millis + " ms");
        }
    }
}
