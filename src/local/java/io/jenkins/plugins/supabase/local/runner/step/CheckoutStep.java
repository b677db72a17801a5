package io.jenkins.plugins.supabase.local.runner.step;

/** {@code checkout scm}: the workspace is the check-out already. */
final class CheckoutStep {
    private CheckoutStep() {}

    static RunnerStep step() {
        return new RunnerStep(Signature.of("checkout").with("scm", Object.class), call -> {
            if (!(call.arguments().get("scm") instanceof LocalScm)) {
                throw new hudson.AbortException(
                        "The local runner only knows 'checkout scm', which takes the workspace as it"
                                + " is; check other repositories out with sh");
            }
            call.console().note("checkout scm: the workspace " + call.directory() + " is taken as it is");
            return null;
        });
    }
}
