package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.Outcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.util.List;
import java.util.Locale;

/**
 * Applies the parts of a plan in their order, and decides what becomes of a failure: everything is recorded, and the record
 * is closed whatever happens.
 */
final class DeploymentRun {
    private final Journal journal;
    private final Steps steps;
    private final Progress progress;
    private final List<Part> parts;
    private final Surroundings surroundings;
    private HealthReport health;

    DeploymentRun(Journal journal, Steps steps, Progress progress, List<Part> parts, Surroundings surroundings) {
        this.journal = journal;
        this.steps = steps;
        this.progress = progress;
        this.parts = parts;
        this.surroundings = surroundings;
    }

    /** What a run needs to know of where it runs. */
    interface Surroundings {
        /** @return what was found, in one line */
        String preflight() throws InterruptedException;

        /** Makes a restore point where one is wanted: what came of it is a step of its own. */
        void restorePoint(Steps steps) throws InterruptedException;

        /** Keeps what is not a part's own. */
        void snapshot();

        /** @return null where nobody asks */
        HealthRequest health() throws InterruptedException;

        OnFailure onFailure();

        WayBack wayBack() throws InterruptedException;

        /** @return what the environment has now, for later plans */
        EnvironmentState observe() throws InterruptedException;
    }

    /** How a run ended. */
    record End(DeployResult.Outcome outcome, String message) {}

    /** @throws InterruptedException after it was recorded that the deployment was stopped */
    End run() throws InterruptedException {
        try {
            steps.run("preflight", "", surroundings::preflight);
            for (Part part : parts) {
                part.prepare(steps);
            }
            if (!journal.hasSnapshots()) {
                surroundings.restorePoint(steps);
                steps.run("snapshot", "", this::snapshot);
            }
            for (Part part : parts) {
                if (part.hasWork()) {
                    part.apply(steps);
                }
            }
            verify();
        } catch (DeliveryException e) {
            return failed(e);
        } catch (InterruptedException e) {
            stopped();
            throw e;
        } catch (RuntimeException e) {
            endQuietly(Outcome.FAILED, "An error of the plugin itself: " + e + ". " + whatIsLive());
            throw e;
        }
        return succeeded();
    }

    HealthReport health() {
        return health;
    }

    private String snapshot() throws InterruptedException {
        surroundings.snapshot();
        for (Part part : parts) {
            part.snapshot(journal);
        }
        journal.snapshotsTaken();
        return "";
    }

    private void verify() throws InterruptedException {
        HealthRequest request = surroundings.health();
        if (request == null) {
            return;
        }
        steps.run("health", "", () -> {
            health = HealthCheck.run(request, progress);
            health.table().forEach(progress::line);
            record(health);
            if (!health.healthy()) {
                throw new DeliveryException(health.summary());
            }
            return health.summary();
        });
    }

    /** What cannot be written down says nothing of the environment's health. */
    private void record(HealthReport report) {
        try {
            journal.health(report);
        } catch (DeliveryException e) {
            progress.line("WARNING: this health check is not on record: " + e.getMessage());
        }
    }

    /** From here on everything is live and well: what cannot be written down is no reason to take it back. */
    private End succeeded() throws InterruptedException {
        try {
            journal.end(Outcome.SUCCEEDED, "", surroundings.observe());
            return new End(DeployResult.Outcome.SUCCEEDED, "");
        } catch (DeliveryException e) {
            return new End(
                    DeployResult.Outcome.FAILED,
                    "The release is live, but that could not be recorded. " + e.getMessage()
                            + " Run the build again: it finds that nothing is left to do, and records it.");
        }
    }

    private End failed(DeliveryException failure) throws InterruptedException {
        String message = failure.getMessage();
        if (!LiveReport.changedAnything(steps.reports())) {
            endQuietly(Outcome.FAILED, message);
            return new End(DeployResult.Outcome.FAILED, message);
        }
        if (surroundings.onFailure() == OnFailure.STOP) {
            message += " " + whatIsLive() + " It was left so, as onFailure is 'stop'; deploying again goes on from there.";
            endQuietly(Outcome.FAILED, message);
            return new End(DeployResult.Outcome.FAILED, message);
        }
        return rollBack(message);
    }

    private End rollBack(String failure) throws InterruptedException {
        progress.line("Failed: " + failure);
        progress.line("Going back to what was before:");
        WayBack.Outcome outcome;
        String before = whatIsLive();
        boolean nothing;
        try {
            journal.assertCurrent();
            try (WayBack wayBack = surroundings.wayBack()) {
                wayBack.show(progress);
                nothing = wayBack.isEmpty();
                outcome = wayBack.run(steps);
            }
        } catch (DeliveryException e) {
            String message = failure + " " + before + " It could not be put back: " + e.getMessage();
            endQuietly(Outcome.FAILED, message);
            return new End(DeployResult.Outcome.FAILED, message);
        } catch (InterruptedException e) {
            endQuietly(Outcome.STOPPED, failure + " The way back was stopped; deploying again goes on from there.");
            throw e;
        }
        String took = String.format(Locale.ROOT, "%.1f s", outcome.durationMillis() / 1000.0);
        if (outcome.complete()) {
            String message = failure
                    + (nothing
                            ? " Nothing had to be put back"
                            : " Everything that this deployment had changed was put back in " + took)
                    + ": the environment is as it was before.";
            endWithState(Outcome.ROLLED_BACK, message);
            return new End(DeployResult.Outcome.ROLLED_BACK, message);
        }
        String message = failure + " What could be put back was put back in " + took + "; it is not as before: "
                + String.join("; ", outcome.notAsBefore()) + ".";
        endWithState(Outcome.FAILED, message);
        return new End(DeployResult.Outcome.FAILED, message);
    }

    private String whatIsLive() {
        return LiveReport.of(
                steps.reports(),
                parts.stream().filter(Part::hasWork).map(Part::kind).toList());
    }

    private void stopped() {
        String stays = whatIsLive() + " Deploying again goes on from there.";
        progress.line(stays);
        endQuietly(Outcome.STOPPED, "Stopped. " + stays);
    }

    /** The state after a way back is worth recording, but not knowing it is no reason to forget how it ended. */
    private void endWithState(Outcome outcome, String message) throws InterruptedException {
        EnvironmentState state;
        try {
            state = surroundings.observe();
        } catch (DeliveryException e) {
            state = null;
        }
        try {
            journal.end(outcome, message, state);
        } catch (DeliveryException e) {
            progress.line("WARNING: " + e.getMessage());
        }
    }

    /** A failure must be told even where the ledger, which may be its cause, cannot be reached. */
    private void endQuietly(Outcome outcome, String message) {
        boolean interrupted = Thread.interrupted();
        try {
            journal.end(outcome, message, null);
        } catch (DeliveryException e) {
            progress.line("WARNING: " + e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
