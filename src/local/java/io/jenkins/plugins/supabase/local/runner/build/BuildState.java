package io.jenkins.plugins.supabase.local.runner.build;

import hudson.model.Result;

/** What is known of a run so far: its result and how it is shown. */
public final class BuildState {
    private final long startedAtMillis = System.currentTimeMillis();
    private Result result;
    private String displayName = "#1";
    private String description;

    /** @return null as long as nothing has set a result */
    public Result result() {
        return result;
    }

    public Result currentResult() {
        return result == null ? Result.SUCCESS : result;
    }

    /** Sets the result unless it is already worse: a result never gets better, as on a controller. */
    public void worsen(Result worse) {
        if (result == null || worse.isWorseThan(result)) {
            result = worse;
        }
    }

    public String displayName() {
        return displayName;
    }

    public void displayName(String name) {
        displayName = name;
    }

    public String description() {
        return description;
    }

    public void description(String text) {
        description = text;
    }

    public long startedAtMillis() {
        return startedAtMillis;
    }
}
