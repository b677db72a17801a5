package io.jenkins.plugins.supabase.local.runner.build;

import hudson.model.Cause;
import hudson.model.Result;
import hudson.model.Run;
import java.io.File;
import java.util.List;

/** The build that plugin steps see. */
public final class LocalRun extends Run<LocalJob, LocalRun> {
    private final BuildState state;
    private final String user;
    private final BuildFolder folder;

    /** @param user id of the person who runs it */
    public LocalRun(BuildState state, String user, BuildFolder folder) {
        super(new LocalJob(), state.startedAtMillis());
        this.state = state;
        this.user = user;
        this.folder = folder;
    }

    @Override
    public Result getResult() {
        return state.result();
    }

    @Override
    public void setResult(Result result) {
        state.worsen(result);
    }

    @Override
    public List<Cause> getCauses() {
        return List.of(new Cause.UserIdCause(user));
    }

    @Override
    public File getRootDir() {
        return folder.path().toFile();
    }
}
