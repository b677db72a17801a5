package io.jenkins.plugins.supabase.local.runner.step;

/** An {@link Error} of a Jenkinsfile's own code, such as a failed {@code assert}. */
final class ScriptError extends Exception {
    private static final long serialVersionUID = 1L;

    ScriptError(Error cause) {
        super(cause);
    }
}
