package io.jenkins.plugins.supabase.local.runner.script;

import hudson.model.Result;
import io.jenkins.plugins.supabase.local.runner.build.BuildState;
import java.util.List;

/** What a Jenkinsfile knows as {@code currentBuild}; Groovy reads and sets its properties. */
public final class CurrentBuild {
    private final BuildState state;

    CurrentBuild(BuildState state) {
        this.state = state;
    }

    public String getResult() {
        return state.result() == null ? null : state.result().toString();
    }

    public void setResult(String result) {
        state.worsen(Result.fromString(result));
    }

    public String getCurrentResult() {
        return state.currentResult().toString();
    }

    public boolean resultIsBetterOrEqualTo(String other) {
        return !state.currentResult().isWorseThan(Result.fromString(other));
    }

    public boolean resultIsWorseOrEqualTo(String other) {
        return !Result.fromString(other).isWorseThan(state.currentResult());
    }

    public int getNumber() {
        return 1;
    }

    public String getId() {
        return "1";
    }

    public String getDisplayName() {
        return state.displayName();
    }

    public void setDisplayName(String name) {
        state.displayName(name);
    }

    public String getFullDisplayName() {
        return getProjectName() + " " + state.displayName();
    }

    public String getDescription() {
        return state.description();
    }

    public void setDescription(String description) {
        state.description(description);
    }

    public String getProjectName() {
        return "local";
    }

    public String getFullProjectName() {
        return getProjectName();
    }

    public long getStartTimeInMillis() {
        return state.startedAtMillis();
    }

    public long getTimeInMillis() {
        return state.startedAtMillis();
    }

    public long getDuration() {
        return System.currentTimeMillis() - state.startedAtMillis();
    }

    public String getDurationString() {
        return getDuration() / 1000 + " sec and counting";
    }

    public Object getPreviousBuild() {
        return null;
    }

    public List<?> getChangeSets() {
        return List.of();
    }
}
