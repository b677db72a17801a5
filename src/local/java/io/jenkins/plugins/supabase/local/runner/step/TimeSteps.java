package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import io.jenkins.plugins.supabase.local.runner.build.Interruption;
import io.jenkins.plugins.supabase.local.runner.build.PipelineRun;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** Steps that wait, that limit waiting, and that try again. */
final class TimeSteps {
    private TimeSteps() {}

    static List<RunnerStep> all() {
        return List.of(
                new RunnerStep(
                        Signature.of("timeout")
                                .with("time", long.class)
                                .with("unit", TimeUnit.class)
                                .with("activity", boolean.class)
                                .andBody(),
                        TimeSteps::timeout),
                new RunnerStep(Signature.of("retry").with("count", int.class).andBody(), TimeSteps::retry),
                new RunnerStep(
                        Signature.of("sleep").with("time", long.class).with("unit", TimeUnit.class), TimeSteps::sleep));
    }

    private static Object timeout(StepCall call) throws Exception {
        long time = call.number("time", 0);
        TimeUnit unit = unit(call, TimeUnit.MINUTES);
        if (time < 1) {
            throw new AbortException("timeout needs a time of 1 or more, but was given " + time);
        }
        if (call.flag("activity", false)) {
            throw new AbortException("timeout(activity: true) is not supported by the local runner");
        }
        PipelineRun run = call.run();
        FlowInterruptedException expired = Interruption.aborted("Timeout has been exceeded");
        call.console()
                .line("Timeout set to expire in " + time + " " + unit.name().toLowerCase(Locale.ROOT));
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(TimeSteps::daemon);
        try {
            ScheduledFuture<?> alarm = clock.schedule(
                    () -> {
                        run.console().line("Cancelling nested steps due to timeout");
                        run.interruptions().interrupt(expired);
                    },
                    time,
                    unit);
            try {
                return call.runBody(run.scope());
            } catch (InterruptedException e) {
                throw run.interruptions().reasonOf(e);
            } finally {
                alarm.cancel(false);
            }
        } finally {
            clock.shutdownNow();
            run.interruptions().withdraw(expired);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "timeout");
        thread.setDaemon(true);
        return thread;
    }

    private static Object retry(StepCall call) throws Exception {
        long count = call.number("count", 0);
        if (count < 1) {
            throw new AbortException("retry needs a count of 1 or more, but was given " + count);
        }
        for (long left = count; ; left--) {
            try {
                return call.runBody(call.run().scope());
            } catch (FlowInterruptedException e) {
                if (e.isActualInterruption() || left == 1) {
                    throw e;
                }
                FailureReport.print(e, call.console());
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (left == 1) {
                    throw e;
                }
                FailureReport.print(e, call.console());
            }
            call.console().line("Retrying");
        }
    }

    private static Object sleep(StepCall call) throws InterruptedException {
        long time = call.number("time", 0);
        TimeUnit unit = unit(call, TimeUnit.SECONDS);
        call.console().line("Sleeping for " + time + " " + unit.name().toLowerCase(Locale.ROOT));
        unit.sleep(time);
        return null;
    }

    private static TimeUnit unit(StepCall call, TimeUnit otherwise) {
        Object given = call.arguments().get("unit");
        return given == null ? otherwise : (TimeUnit) given;
    }
}
