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

    /**
     * Shows a result that a failure will lead to, as {@code post} sees it.
     *
     * @return what is to be given to {@link #restore}
     */
    public Shown show(Result logical) {
        Shown shown = new Shown(result, logical);
        result = logical;
        return shown;
    }

    /** Takes a shown result back, unless something has made it worse meanwhile. */
    public void restore(Shown shown) {
        if (result == shown.logical()) {
            result = shown.original();
        }
    }

    /** A result that is shown for a while. */
    public record Shown(Result original, Result logical) {}

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
