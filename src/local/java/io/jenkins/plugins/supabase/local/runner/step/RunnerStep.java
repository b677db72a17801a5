package io.jenkins.plugins.supabase.local.runner.step;

/** A step that the runner has of its own, because deployment pipelines cannot do without it. */
public record RunnerStep(Signature signature, Action action) {
    /** What a step does. */
    @FunctionalInterface
    public interface Action {
        /** @return what the Jenkinsfile gets */
        Object run(StepCall call) throws Exception;
    }
}
