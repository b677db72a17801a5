package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.Outcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** Goes one way back, records it, and asks whether the environment is well afterwards. */
final class RollbackRun {
    private final RollbackRequest request;
    private final PlannedDeployment planned;
    private final RollbackTarget found;
    private final Target target;
    private final Progress progress;

    RollbackRun(
            RollbackRequest request,
            PlannedDeployment planned,
            RollbackTarget found,
            Target target,
            Progress progress) {
        this.request = request;
        this.planned = planned;
        this.found = found;
        this.target = target;
        this.progress = progress;
    }

    /** @param state that the release to go back to had recorded */
    DeployResult run(WayBack wayBack, Undos undos, EnvironmentState state, Journal journal) throws InterruptedException {
        Steps steps = new Steps(journal, progress);
        try {
            steps.run("preflight", "", () -> new Preflight(target.connection(), target.client()).run());
            if (!RollbackPlan.of(request.environment().name(), found.current(), found.deployment(), wayBack)
                    .digest()
                    .equals(planned.planDigest())) {
                progress.line("The way back is not what was planned any more. What is put back now:");
                wayBack.show(progress);
            }
            WayBack.Outcome outcome = wayBack.run(steps);
            EnvironmentState left = leads(undos, state);
            return end(steps, journal, outcome, health(steps, left), left);
        } catch (DeliveryException e) {
            journal.end(Outcome.FAILED, e.getMessage(), null);
            return result(DeployResult.Outcome.FAILED, e.getMessage(), steps, journal, null);
        } catch (InterruptedException e) {
            boolean interrupted = Thread.interrupted();
            journal.end(Outcome.STOPPED, "The rollback was stopped; running it again goes on from there.", null);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
    }

    /** The database is taken as it is: what could not be taken back is known, and no drift. */
    private EnvironmentState leads(Undos undos, EnvironmentState state) throws InterruptedException {
        try (Cancellable work = new Cancellable(target.connection())) {
            return new EnvironmentState(
                    undos.recordedFunctions() == null ? state.functions() : undos.recordedFunctions(),
                    state.config(),
                    undos.recordedSecrets() == null ? state.secrets() : undos.recordedSecrets(),
                    state.buckets(),
                    work.run(SchemaState::read).objects());
        } catch (SQLException e) {
            throw new DeliveryException("The database's schema could not be read: " + e.getMessage() + ".", e);
        }
    }

    private HealthReport health(Steps steps, EnvironmentState left) throws InterruptedException {
        if (request.health() == null) {
            return null;
        }
        HealthRequest rules = request.health().functions().isEmpty()
                ? request.health()
                        .withFunctions(left.functions().stream().map(RecordedFunction::slug).toList())
                : request.health();
        HealthReport[] report = new HealthReport[1];
        try {
            steps.run("health", "", () -> {
                report[0] = HealthCheck.run(rules, progress);
                report[0].table().forEach(progress::line);
                if (!report[0].healthy()) {
                    throw new DeliveryException(report[0].summary());
                }
                return report[0].summary();
            });
        } catch (DeliveryException e) {
            if (report[0] == null || report[0].healthy()) {
                throw e;
            }
        }
        return report[0];
    }

    private DeployResult end(
            Steps steps, Journal journal, WayBack.Outcome outcome, HealthReport health, EnvironmentState state) {
        String took = String.format(Locale.ROOT, "%.1f s", outcome.durationMillis() / 1000.0);
        boolean healthy = health == null || health.healthy();
        String message = "Rolled back " + request.environment().name() + " to release "
                + found.deployment().releaseVersion() + " in " + took + "."
                + (outcome.complete() ? "" : " Not as it was: " + String.join("; ", outcome.notAsBefore()) + ".")
                + (healthy ? "" : " " + health.summary());
        boolean good = outcome.failures().isEmpty() && healthy;
        journal.end(good ? Outcome.SUCCEEDED : Outcome.FAILED, message, state);
        return result(
                good ? DeployResult.Outcome.SUCCEEDED : DeployResult.Outcome.FAILED, message, steps, journal, health);
    }

    private DeployResult result(
            DeployResult.Outcome outcome, String message, Steps steps, Journal journal, HealthReport health) {
        progress.line(message);
        return new DeployResult(
                request.environment().name(),
                outcome,
                message,
                journal.id(),
                found.deployment().releaseVersion(),
                found.deployment().releaseDigest(),
                planned.planJson(),
                steps.reports(),
                List.of(),
                List.of(),
                health,
                planned.apiCalls() + target.apiCalls(),
                System.currentTimeMillis() - planned.startedMillis());
    }
}
