package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import hudson.model.Result;
import java.util.List;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Steps that speak about the outcome of the run. */
final class ResultSteps {
    private ResultSteps() {}

    static List<RunnerStep> all() {
        return List.of(
                new RunnerStep(Signature.of("echo").with("message", String.class), ResultSteps::echo),
                new RunnerStep(Signature.of("error").with("message", String.class), ResultSteps::error),
                new RunnerStep(Signature.of("unstable").with("message", String.class), ResultSteps::unstable),
                new RunnerStep(
                        Signature.of("catchError")
                                .with("message", String.class)
                                .with("buildResult", String.class)
                                .with("stageResult", String.class)
                                .with("catchInterruptions", boolean.class)
                                .andBody(),
                        call -> caught(call, call.text("buildResult", "FAILURE"))),
                new RunnerStep(
                        Signature.of("warnError")
                                .with("message", String.class)
                                .with("catchInterruptions", boolean.class)
                                .andBody(),
                        call -> caught(call, "UNSTABLE")));
    }

    private static Object echo(StepCall call) {
        call.console().line(call.text("message", "null"));
        return null;
    }

    private static Object error(StepCall call) throws AbortException {
        throw new AbortException(call.text("message", ""));
    }

    private static Object unstable(StepCall call) throws AbortException {
        call.console().line("WARNING: " + call.required("message"));
        call.run().state().worsen(Result.UNSTABLE);
        return null;
    }

    private static Object caught(StepCall call, String result) throws Exception {
        try {
            return call.runBody(call.run().scope());
        } catch (FlowInterruptedException e) {
            if (!call.flag("catchInterruptions", true)) {
                throw e;
            }
            return settle(
                    call,
                    e,
                    e.getResult().isWorseThan(Result.fromString(result))
                            ? e.getResult().toString()
                            : result);
        } catch (Exception e) {
            return settle(call, e, result);
        }
    }

    private static Object settle(StepCall call, Exception failure, String result) {
        if (call.text("message") != null) {
            call.console().line(call.text("message"));
        }
        FailureReport.print(failure, call.console());
        call.run().state().worsen(Result.fromString(result));
        return null;
    }
}
