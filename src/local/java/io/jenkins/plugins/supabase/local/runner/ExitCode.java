package io.jenkins.plugins.supabase.local.runner;

import hudson.model.Result;

/** What the process ends with. */
public enum ExitCode {
    SUCCESS(0),
    /** Failed or aborted. */
    FAILED(1),
    UNSTABLE(2),
    /** Called or configured in a way that cannot work; nothing was run. */
    USAGE(3);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static ExitCode of(Result result) {
        if (result == Result.SUCCESS) {
            return SUCCESS;
        }
        return result == Result.UNSTABLE ? UNSTABLE : FAILED;
    }
}
