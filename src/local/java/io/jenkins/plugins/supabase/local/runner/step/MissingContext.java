package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;

/** What a controller says when a step runs where something it needs does not exist. */
final class MissingContext {
    private MissingContext() {}

    static AbortException of(String className, String step) {
        return new AbortException(
                "Required context class " + className + " is missing\nPerhaps you forgot to surround the " + step
                        + " step with a step that provides this, such as: node");
    }
}
