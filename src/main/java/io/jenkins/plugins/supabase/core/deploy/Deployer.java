package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.config.Variables;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.NewDeployment;
import io.jenkins.plugins.supabase.core.ledger.OpenDeployment;
import io.jenkins.plugins.supabase.core.ledger.ReleaseEntry;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.Look;
import io.jenkins.plugins.supabase.core.plan.PlanInputs;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.plan.PlanText;
import io.jenkins.plugins.supabase.core.plan.Planner;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.core.secret.WantedSecret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings an environment to what a release says. Planning changes nothing. Applying is convergent: after any interruption,
 * applying again finishes the job.
 */
public final class Deployer {
    private final DeployRequest request;
    private final Progress progress;
    private final DeploymentGuard guard;

    public Deployer(DeployRequest request, Progress progress) {
        this(request, progress, null);
    }

    /** @param guard asked before anything begins; null for none */
    public Deployer(DeployRequest request, Progress progress, DeploymentGuard guard) {
        this.request = request;
        this.progress = progress;
        this.guard = guard;
    }

    /**
     * Looks at the release and at the environment, and tells the plan.
     *
     * @throws DeliveryException if the release cannot be deployed to the environment
     */
    public PlannedDeployment plan() throws InterruptedException {
        return plan(null);
    }

    /**
     * The same, and keeps the release as {@code <digest>.zip} if it was built, not fetched.
     *
     * @param bundles an existing folder; null for none
     */
    public PlannedDeployment plan(Path bundles) throws InterruptedException {
        long started = System.currentTimeMillis();
        try (Destinations destinations = Destinations.open(request.destinations());
                ReleaseWorkspace workspace = ReleaseWorkspace.open(request.source(), destinations.all(), progress);
                Target target = Target.open(request, progress)) {
            Look look = planner(workspace).look(target.connection(), target.client());
            PlanText.lines(look.plan()).forEach(progress::line);
            if (bundles != null && request.source().release() == null) {
                workspace.copyBundle(bundles);
            }
            return new PlannedDeployment(
                    PlanJson.write(look.plan()),
                    PlanJson.digest(look.plan()),
                    look.unfinished().isEmpty() && look.plan().isEmpty() && look.plan().refusals().isEmpty(),
                    workspace.release().digest(),
                    look.position(),
                    previousCredentials(look),
                    target.apiCalls(),
                    started);
        }
    }

    /**
     * Does what is planned. The environment is looked at once more under the lock; what was changed since the plan is told,
     * and the release is what counts.
     *
     * @return also where it failed after the environment had been reached: the outcome and the message say so
     * @throws DeliveryException if nothing was begun; its message says why
     * @throws InterruptedException after what runs was stopped and recorded
     */
    public DeployResult apply(PlannedDeployment planned) throws InterruptedException {
        try (Destinations destinations = Destinations.open(request.destinations());
                ReleaseWorkspace workspace = ReleaseWorkspace.open(request.source(), destinations.all(), progress)) {
            requireSame(workspace, planned);
            workspace.publish(destinations.all(), request.origin(), progress);
            try (Target target = Target.open(request, progress)) {
                Application application = new Application(
                        request, planned, workspace, target, destinations.all(), progress);
                if (target.connection() == null && guard == null) {
                    progress.line("The environment has no databaseCredentialsId, so nothing keeps other deployments away.");
                    return application.unrecorded(deployable(workspace, target));
                }
                try (LockedLedger locked = LockedLedger.open(target, progress)) {
                    return apply(planned, workspace, target, locked.ledger(), application);
                }
            }
        }
    }

    private DeployResult apply(
            PlannedDeployment planned,
            ReleaseWorkspace workspace,
            Target target,
            Ledger ledger,
            Application application)
            throws InterruptedException {
        Optional<Deployment> own = ledger.ask(reader -> reader.operation(request.origin().operationId()));
        if (own.filter(Deployment::endedByItself).isPresent()) {
            progress.line("This step's deployment had ended already: it is number " + own.get().id() + " in the ledger.");
            return application.recorded(ledger, own.get());
        }
        long position = ledger.ask(reader -> reader.newest().map(Deployment::id).orElse(0L));
        boolean sameAsPlanned = position == planned.ledgerPosition() && position > 0;
        if (guard == null && planned.isEmpty() && sameAsPlanned && !request.options().acceptDrift()) {
            ledger.recordUnchanged(newDeployment(planned, workspace), "", null);
            return application.unchanged(position + 1);
        }
        Look look = planner(workspace).glance(target.connection(), target.client());
        if (guard != null && own.isEmpty()) {
            guard.check(look.plan(), ledger);
        }
        requireNoRefusals(look);
        if (look.plan().isEmpty() && own.isEmpty()) {
            return application.unchanged(ledger, newDeployment(planned, workspace), look);
        }
        boolean asPlanned = PlanJson.digest(look.plan()).equals(planned.planDigest());
        if (!asPlanned) {
            progress.line(own.isPresent()
                    ? "This deployment, number " + own.get().id() + ", was interrupted. What is left to be done:"
                    : "The environment is not as it was when the plan was made. What is to be done now:");
            PlanText.lines(look.plan()).forEach(progress::line);
        }
        NewDeployment begins = asPlanned ? newDeployment(planned, workspace) : newDeployment(look, workspace);
        try (OpenDeployment deployment = ledger.begin(begins)) {
            deployment.interrupted().forEach(id -> progress.line(
                    "Deployment " + id + " was interrupted: this one finishes what it had begun, or leads past it."));
            String begun = ledger.ask(reader -> reader.plan(deployment.id())).orElseThrow();
            return application.run(look, new LedgerJournal(ledger, deployment, progress), begun, deployment.resumed());
        }
    }

    /** @throws DeliveryException where somebody has to decide first */
    private Look deployable(ReleaseWorkspace workspace, Target target) throws InterruptedException {
        Look look = planner(workspace).glance(target.connection(), target.client());
        requireNoRefusals(look);
        return look;
    }

    private static void requireNoRefusals(Look look) {
        if (!look.plan().refusals().isEmpty()) {
            throw new DeliveryException(String.join(" ", look.plan().refusals()));
        }
    }

    private Planner planner(ReleaseWorkspace workspace) throws InterruptedException {
        DeployInputs inputs = request.inputs();
        List<WantedSecret> secrets = new ArrayList<>();
        inputs.secrets().forEach((name, value) ->
                secrets.add(new WantedSecret(name, inputs.secretCredentials().get(name), value)));
        return new Planner(
                new PlanInputs(
                        request.environment(),
                        request.access(),
                        request.policy(),
                        workspace.summary(),
                        workspace.project(),
                        new Variables(inputs.variables(), inputs.credentialVariables()),
                        secrets,
                        request.options().skipFunctions(),
                        request.options().prune(),
                        request.options().strategy() == Strategy.BLUE_GREEN,
                        request.options().restorePoint(),
                        scratch()),
                progress);
    }

    private ScratchServers scratch() {
        if (!request.options().trace() && !request.policy().trace()) {
            return null;
        }
        DeployInputs inputs = request.inputs();
        return request.policy().scratchUrl() == null
                ? ScratchServers.onThisMachine()
                : ScratchServers.at(request.policy().scratchUrl(), inputs.scratchUser(), inputs.scratchPassword());
    }

    private void requireSame(ReleaseWorkspace workspace, PlannedDeployment planned) {
        if (!workspace.release().digest().equals(planned.releaseDigest())) {
            throw new DeliveryException("The folder " + request.source().directory() + " is not what was planned any more:"
                    + " the release's digest was " + planned.releaseDigest() + " and is " + workspace.release().digest()
                    + ". Nothing was changed. Let nothing write to the folder meanwhile, and run the build again.");
        }
    }

    private static Map<String, String> previousCredentials(Look look) {
        Map<String, String> credentials = new HashMap<>();
        for (RecordedSecret secret : look.recorded().secrets()) {
            if (secret.credentialsId() != null) {
                credentials.put(secret.name(), secret.credentialsId());
            }
        }
        return credentials;
    }

    private NewDeployment newDeployment(PlannedDeployment planned, ReleaseWorkspace workspace) {
        return newDeployment(planned.planDigest(), planned.planJson(), workspace);
    }

    private NewDeployment newDeployment(Look look, ReleaseWorkspace workspace) {
        return newDeployment(PlanJson.digest(look.plan()), PlanJson.write(look.plan()), workspace);
    }

    private NewDeployment newDeployment(String planDigest, String planJson, ReleaseWorkspace workspace) {
        return new NewDeployment(
                request.origin().operationId(),
                DeploymentKind.DEPLOY,
                new ReleaseEntry(
                        workspace.release().digest(), workspace.release().version(), workspace.release().manifestJson()),
                planDigest,
                planJson,
                request.options().strategy().word(),
                request.origin().actor(),
                request.origin().buildUrl(),
                request.origin().controller());
    }
}
