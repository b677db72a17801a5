package io.jenkins.plugins.supabase.local.runner.build;

import hudson.model.Result;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Why the runner itself stops a pipeline. */
public final class Interruption extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final String description;

    private Interruption(String description) {
        this.description = description;
    }

    /** @param description one sentence without a full stop, such as "Timeout has been exceeded" */
    public static FlowInterruptedException aborted(String description) {
        return new FlowInterruptedException(Result.ABORTED, true, new Interruption(description));
    }

    @Override
    public String getShortDescription() {
        return description;
    }
}
