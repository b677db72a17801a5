package io.jenkins.plugins.supabase.core.health;

import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Duration;
import java.util.List;

/** Asks every part of an environment whether it works. Changes nothing. */
public final class HealthCheck {
    private HealthCheck() {}

    /**
     * Probes in parallel and asks the unhealthy again, with growing pauses, until all are healthy, only definite errors
     * (such as a rejected key) are left, or the request's timeout has passed. An unhealthy environment is a report, not
     * an exception.
     *
     * @throws InterruptedException within 5 s of an interrupt; nothing goes on in the background
     */
    public static HealthReport run(HealthRequest request, Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        try (ProbePlanner planner = new ProbePlanner(request, progress)) {
            ProbePlan plan = planner.plan();
            progress.line("Probing " + Count.of(plan.toAsk(), "part") + " of environment '"
                    + request.environment().name() + "', up to " + request.pacing().concurrency() + " at a time, for up to "
                    + HealthTable.seconds(request.pacing().timeout().toMillis()));
            ProbeRun run = new ProbeRun(plan.probes(), request.pacing(), progress);
            List<ProbeResult> results = plan.results(run.run(planner::close));
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            return new HealthReport(request.environment().name(), results, millis);
        }
    }
}
