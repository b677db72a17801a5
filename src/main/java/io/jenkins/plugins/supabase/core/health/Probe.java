package io.jenkins.plugins.supabase.core.health;

import java.time.Duration;
import java.util.List;

/** One question, whose answer may decide several rows of the report. */
interface Probe {
    List<Subject> subjects();

    /**
     * Makes one attempt. Ends early with {@link InterruptedException} when its thread is interrupted.
     *
     * @param open  the subjects that are not decided yet
     * @param clock when the attempt and the whole check must be over
     * @return one finding for each open subject
     */
    List<Finding> ask(List<Subject> open, Clock clock) throws InterruptedException;

    /**
     * How much time there is.
     *
     * @param attempt for this attempt, where nothing speaks for more
     * @param check   until the whole check ends; never less than {@code attempt}
     */
    record Clock(Duration attempt, Duration check) {}
}
