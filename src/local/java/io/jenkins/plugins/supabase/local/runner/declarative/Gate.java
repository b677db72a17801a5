package io.jenkins.plugins.supabase.local.runner.declarative;

import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.Moment;
import io.jenkins.plugins.supabase.local.runner.declarative.PipelineModel.When;

/** The {@code when} of one stage: looked at once, at its moment; before that the stage goes on. */
final class Gate {
    private final When when;
    private final Conditions conditions;
    private boolean closed;

    /** @param when null for a stage that always runs */
    Gate(When when, Conditions conditions) {
        this.when = when;
        this.conditions = conditions;
    }

    boolean isOpenAt(Moment moment) throws Exception {
        if (when != null && when.moment() == moment) {
            closed = !conditions.isMet(when.condition());
        }
        return !closed;
    }

    boolean isClosed() {
        return closed;
    }
}
