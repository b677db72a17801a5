package io.jenkins.plugins.supabase.local.runner.build;

import hudson.model.Result;
import hudson.model.Run;

/** The build that plugin steps see. */
public final class LocalRun extends Run<LocalJob, LocalRun> {
    private final BuildState state;

    public LocalRun(BuildState state) {
        super(new LocalJob(), state.startedAtMillis());
        this.state = state;
    }

    @Override
    public Result getResult() {
        return state.result();
    }

    @Override
    public void setResult(Result result) {
        state.worsen(result);
    }
}
