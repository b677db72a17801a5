package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.bucket.BucketApplier;
import io.jenkins.plugins.supabase.core.config.ConfigApplier;
import io.jenkins.plugins.supabase.core.config.ConfigDrift;
import io.jenkins.plugins.supabase.core.function.BlueGreen;
import io.jenkins.plugins.supabase.core.function.FunctionDeployer;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.function.RecordedFunction;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentStep;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.NewDeployment;
import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.migration.MigrationOptions;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.Look;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.core.secret.SecretApplier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Applies one look at an environment, and turns what came of it into a result. */
final class Application {
    private final DeployRequest request;
    private final PlannedDeployment planned;
    private final ReleaseWorkspace workspace;
    private final Target target;
    private final List<Destination> destinations;
    private final Progress progress;

    private MigrationPart migrations;
    private ConfigPart config;
    private SecretPart secrets;
    private BucketPart buckets;
    private FunctionPart functions;
    private EarlierAttempt earlier;

    Application(
            DeployRequest request,
            PlannedDeployment planned,
            ReleaseWorkspace workspace,
            Target target,
            List<Destination> destinations,
            Progress progress) {
        this.request = request;
        this.planned = planned;
        this.workspace = workspace;
        this.target = target;
        this.destinations = destinations;
        this.progress = progress;
    }

    /** Nothing to do, and nothing was looked at again. */
    DeployResult unchanged(long deployment) {
        return result(DeployResult.Outcome.UNCHANGED, "", deployment, planned.planJson(), List.of(), null);
    }

    /** Nothing to do any more. */
    DeployResult unchanged(Ledger ledger, NewDeployment deployment, Look look) throws InterruptedException {
        boolean unknown = look.current() == null || !look.unfinished().isEmpty() || request.options().acceptDrift();
        EnvironmentState state = unknown
                ? new Observation(target, look, request.options().acceptDrift())
                        .after(firstFound(look, before(look)), null, null, hidden(look))
                : null;
        ledger.recordUnchanged(deployment, "", state);
        return result(
                DeployResult.Outcome.UNCHANGED, "", look.position() + 1, PlanJson.write(look.plan()), List.of(), null);
    }

    /** For an environment whose database cannot be reached. */
    DeployResult unrecorded(Look look) throws InterruptedException {
        if (look.plan().isEmpty()) {
            return result(DeployResult.Outcome.UNCHANGED, "", 0, PlanJson.write(look.plan()), List.of(), null);
        }
        return run(look, new MemoryJournal(), PlanJson.write(look.plan()), false);
    }

    /**
     * @param planJson with which the deployment began
     * @param resumed  whether an earlier attempt at this very deployment may have done a part of it
     */
    DeployResult run(Look look, Journal journal, String planJson, boolean resumed) throws InterruptedException {
        Steps steps = new Steps(journal, progress);
        DeploymentRun run = new DeploymentRun(journal, steps, progress, parts(look), new Here(look, journal));
        if (resumed) {
            earlier = new EarlierAttempt(look, journal, PlanJson.read(planJson));
        }
        DeploymentRun.End end = run.run();
        return result(
                end.outcome(),
                end.message(),
                journal.id(),
                planJson,
                steps.reports(),
                run.health());
    }

    /** What a deployment of this operation did that had come to its end, before anybody could be told. */
    DeployResult recorded(Ledger ledger, Deployment deployment) {
        String plan = ledger.ask(reader -> reader.plan(deployment.id())).orElseThrow();
        List<DeploymentStep> steps = ledger.ask(reader -> reader.steps(deployment.id()));
        RecordedResult recorded = new RecordedResult(
                deployment, PlanJson.read(plan), steps, ledger.ask(reader -> reader.state(deployment.id())));
        DeployResult result = recorded.toResult(
                request.environment().name(), plan, System.currentTimeMillis() - planned.startedMillis());
        DeploySummary.lines(result).forEach(progress::line);
        return result;
    }

    private List<Part> parts(Look look) throws InterruptedException {
        List<Part> parts = new ArrayList<>();
        if (look.migrations() != null) {
            migrations = new MigrationPart(
                    new MigrationDeployer(target.connection(), MigrationOptions.DEFAULTS, progress),
                    look.migrations(),
                    workspace.project());
            parts.add(migrations);
        }
        if (look.config() != null) {
            config = new ConfigPart(new ConfigApplier(target.client(), progress), look.config());
            parts.add(config);
        }
        if (look.secrets() != null) {
            secrets = new SecretPart(new SecretApplier(target.client(), progress), look.secrets());
            parts.add(secrets);
        }
        if (look.buckets() != null) {
            buckets = new BucketPart(
                    new BucketApplier(look.buckets().storage(), progress), look.buckets().plan());
            parts.add(buckets);
        }
        if (look.functions() != null) {
            functions = new FunctionPart(target.client(), look.functions(), functionSwitch(), progress);
            parts.add(functions);
        }
        return parts;
    }

    private FunctionSwitch functionSwitch() {
        if (request.options().strategy() == Strategy.DIRECT) {
            return FunctionSwitch.direct(new FunctionDeployer(target.client(), progress));
        }
        HealthRequest rules = request.health() == null
                ? HealthRequest.of(request.environment(), request.access()).withProxy(request.proxy())
                : request.health();
        return new BlueGreenSwitchOver(
                new BlueGreen(target.client(), progress), rules, progress, workspace.scratch());
    }

    private static Before before(Look look) {
        return new Before(
                look.remote() == null
                        ? new TreeMap<>()
                        : look.remote().fingerprint(hidden(look)),
                look.schema() == null ? new TreeMap<>() : look.schema().objects());
    }

    /** What deployments changed of which nobody recorded what they left was changed by no others. */
    private Before firstFound(Look look, Before now) {
        return look.unfinished().isEmpty()
                ? now
                : Before.ofFirst(Ledger.read(target.connection()), look.unfinished()).orElse(now);
    }

    /** Hidden once, a key stays so: what it had then is shown as what it is changed from. */
    private static Collection<String> hidden(Look look) {
        Set<String> hidden = new TreeSet<>(ConfigDrift.hiddenKeys(look.recorded().config()));
        hidden.addAll(look.config() == null ? Set.of() : look.config().hiddenKeys());
        return hidden;
    }

    private DeployResult result(
            DeployResult.Outcome outcome,
            String message,
            long deployment,
            String planJson,
            List<StepReport> steps,
            HealthReport health) {
        DeployResult result = new DeployResult(
                request.environment().name(),
                outcome,
                message,
                deployment,
                workspace.release().version(),
                workspace.release().digest(),
                planJson,
                steps,
                migrationOutcomes(),
                functionOutcomes(),
                health,
                planned.apiCalls() + target.apiCalls(),
                System.currentTimeMillis() - planned.startedMillis());
        DeploySummary.lines(result).forEach(progress::line);
        return result;
    }

    private List<MigrationOutcome> migrationOutcomes() {
        List<MigrationOutcome> outcomes = new ArrayList<>(earlier == null ? List.of() : earlier.migrations());
        outcomes.addAll(migrations == null ? List.of() : migrations.applied());
        return outcomes;
    }

    private List<FunctionOutcome> functionOutcomes() {
        if (functions == null) {
            return FunctionPart.unchanged(PlanJson.read(planned.planJson()).functions());
        }
        return earlier == null ? functions.outcomes() : earlier.since(functions.outcomes());
    }

    /** Where this deployment runs. */
    private final class Here implements DeploymentRun.Surroundings {
        private final Look look;
        private final Journal journal;
        private Undos undos;
        private MadeRestorePoint restorePoint;

        Here(Look look, Journal journal) {
            this.look = look;
            this.journal = journal;
        }

        @Override
        public String preflight() throws InterruptedException {
            boolean platform = config != null && config.hasWork()
                    || secrets != null && secrets.hasWork()
                    || buckets != null && buckets.hasWork()
                    || functions != null && functions.hasWork();
            return new Preflight(target.connection(), platform ? target.client() : null).run();
        }

        @Override
        public void restorePoint(Steps steps) throws InterruptedException {
            restorePoint = new RestorePointStep(look.restorePoint(), target.client(), progress)
                    .run(steps, journal.id(), look.migrations())
                    .orElse(null);
        }

        @Override
        public void snapshot() {
            before(look).save(journal);
            if (restorePoint != null) {
                restorePoint.save(journal);
            }
        }

        @Override
        public HealthRequest health() throws InterruptedException {
            if (request.health() == null || !request.health().functions().isEmpty()) {
                return request.health();
            }
            return request.health()
                    .withFunctions(workspace.project().functions().stream()
                            .map(EdgeFunction::slug)
                            .toList());
        }

        @Override
        public OnFailure onFailure() {
            return request.options().onFailure();
        }

        @Override
        public WayBack wayBack() throws InterruptedException {
            PreviousRelease previous = new PreviousRelease(
                    look.current() == null ? null : look.current().deployment().releaseDigest(),
                    look.recorded(),
                    request.inputs().previousSecrets(),
                    look.secrets() == null ? List.of() : look.secrets().stored());
            undos = new Undos(target, journal.snapshots(), progress);
            ReleaseWorkspace before = previous.fetch(destinations, progress);
            undos.withPlatform(previous, PreviousRelease.functionsOf(before), workspace.scratch());
            if (look.buckets() != null) {
                undos.withBuckets(() -> look.buckets().storage());
            }
            if (migrations != null) {
                undos.withMigrations(migrations.deployer(), migrations.appliedNow());
            }
            return undos.wayBack(before);
        }

        @Override
        public EnvironmentState observe() throws InterruptedException {
            return new Observation(target, look, request.options().acceptDrift())
                    .after(
                            firstFound(look, Before.first(journal.snapshots())),
                            undos == null ? recordedFunctions() : undos.recordedFunctions(),
                            undos == null ? recordedSecrets() : undos.recordedSecrets(),
                            hidden(look));
        }

        private List<RecordedFunction> recordedFunctions() {
            return functions == null || functions.deployment() == null ? null : functions.deployment().record();
        }

        private List<RecordedSecret> recordedSecrets() {
            return secrets == null ? null : secrets.record();
        }
    }
}
