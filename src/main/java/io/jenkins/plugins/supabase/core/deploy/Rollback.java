package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.environment.DeployPolicy;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.ledger.NewDeployment;
import io.jenkins.plugins.supabase.core.ledger.OpenDeployment;
import io.jenkins.plugins.supabase.core.ledger.ReleaseEntry;
import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.migration.MigrationOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes an environment back to a release that ran there. Planning changes nothing; applying is convergent, as deploying is.
 */
public final class Rollback {
    private final RollbackRequest request;
    private final Progress progress;

    public Rollback(RollbackRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Looks which credentials the release to go back to named for its secrets: with their values, the plan knows what can be
     * restored.
     *
     * @return credential ids of Jenkins by secret
     * @throws DeliveryException if there is no way back
     */
    public Map<String, String> secretCredentials() throws InterruptedException {
        try (Attempt attempt = new Attempt()) {
            return attempt.credentials();
        }
    }

    /**
     * Looks where the way back leads, and tells it.
     *
     * @return its {@code previousSecretCredentials} name the credentials whose values applying wants
     * @throws DeliveryException if there is no way back
     */
    public PlannedDeployment plan() throws InterruptedException {
        long started = System.currentTimeMillis();
        try (Attempt attempt = new Attempt(); WayBack wayBack = attempt.wayBack(request.previousSecrets())) {
            RollbackPlan plan = attempt.describe(wayBack);
            plan.lines().forEach(progress::line);
            return new PlannedDeployment(
                    plan.toJson(),
                    plan.digest(),
                    wayBack.isEmpty(),
                    attempt.found.deployment().releaseDigest(),
                    attempt.found.current().id(),
                    attempt.credentials(),
                    attempt.target.apiCalls(),
                    started);
        }
    }

    /**
     * Goes back.
     *
     * @return also where some of it could not be put back: the message names it
     * @throws DeliveryException if nothing was begun; its message says why
     */
    public DeployResult apply(PlannedDeployment planned) throws InterruptedException {
        try (Attempt attempt = new Attempt();
                LockedLedger locked = LockedLedger.open(attempt.target, progress)) {
            Ledger ledger = locked.ledger();
            attempt.lookAgain();
            attempt.requireSame(planned);
            try (WayBack wayBack = attempt.wayBack(request.previousSecrets());
                    OpenDeployment deployment = ledger.begin(attempt.begins(ledger, wayBack))) {
                return new RollbackRun(request, planned, attempt.found, attempt.target, progress)
                        .run(wayBack, attempt.undos, attempt.state, new LedgerJournal(ledger, deployment, progress));
            }
        }
    }

    /** One look at the environment, with what it needs to act on it. */
    private final class Attempt implements AutoCloseable {
        private final Destinations destinations = Destinations.open(request.destinations());
        private final Target target;
        private final Path scratch;
        private LedgerReader ledger;
        private RollbackTarget found;
        private EnvironmentState state;
        private Undos undos;

        Attempt() throws InterruptedException {
            if (request.access().databasePassword() == null) {
                throw new DeliveryException("The environment \"" + request.environment().name() + "\" has no"
                        + " databaseCredentialsId, and without its database there is no ledger that knows a way back. Nothing"
                        + " was changed. Let an administrator set it, or deploy the release that is wanted.");
            }
            scratch = ReleaseWorkspace.temporaryFolder();
            target = Target.open(
                    DeployRequest.of(request.environment(), request.access(), null, request.origin())
                            .withPolicy(DeployPolicy.NONE)
                            .withProxy(request.proxy()),
                    progress);
            try {
                lookAgain();
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        void lookAgain() {
            ledger = Ledger.read(target.connection());
            found = RollbackTarget.find(ledger, request.environment().name(), request.to());
            state = ledger.state(found.deployment().id()).orElse(EnvironmentState.EMPTY);
        }

        void requireSame(PlannedDeployment planned) {
            if (found.current().id() != planned.ledgerPosition()
                    || !found.deployment().releaseDigest().equals(planned.releaseDigest())) {
                throw new DeliveryException("Somebody deployed to the environment \"" + request.environment().name()
                        + "\" since the way back was planned: " + found.current().holder() + ". Nothing was changed. Plan the"
                        + " rollback again.");
            }
        }

        WayBack wayBack(Map<String, SecretText> secrets)
                throws InterruptedException {
            PreviousRelease previous =
                    new PreviousRelease(found.deployment().releaseDigest(), state, secrets, List.of());
            undos = new Undos(target, found.snapshots(ledger), progress);
            ReleaseWorkspace release = previous.fetch(destinations.all(), progress);
            undos.withPlatform(previous, PreviousRelease.functionsOf(release), scratch);
            if (target.client() != null) {
                undos.withBuckets(() -> target.client()
                        .storage(request.access().apiKey() == null
                                ? target.client().secretKey()
                                : request.access().apiKey()));
            }
            undos.withMigrations(
                    new MigrationDeployer(target.connection(), MigrationOptions.DEFAULTS, progress), applied());
            return undos.wayBack(release);
        }

        RollbackPlan describe(WayBack wayBack) {
            return RollbackPlan.of(request.environment().name(), found.current(), found.deployment(), wayBack);
        }

        NewDeployment begins(Ledger writable, WayBack wayBack) {
            Deployment to = found.deployment();
            RollbackPlan plan = describe(wayBack);
            return new NewDeployment(
                    request.origin().operationId(),
                    DeploymentKind.ROLLBACK,
                    writable.ask(reader -> reader.release(to.releaseDigest()))
                            .orElse(new ReleaseEntry(to.releaseDigest(), to.releaseVersion(), "{}")),
                    plan.digest(),
                    plan.toJson(),
                    "rollback",
                    request.origin().actor(),
                    request.origin().buildUrl(),
                    request.origin().controller());
        }

        Map<String, String> credentials() {
            Map<String, String> credentials = new HashMap<>();
            for (RecordedSecret secret : state.secrets()) {
                if (secret.credentialsId() != null) {
                    credentials.put(secret.name(), secret.credentialsId());
                }
            }
            return credentials;
        }

        private Collection<String> applied() {
            try {
                return MigrationHistory.versions(target.connection());
            } catch (SQLException e) {
                throw new DeliveryException("The history of migrations could not be read: " + e.getMessage()
                        + ". Nothing was changed. Check the database, then run the build again.", e);
            }
        }

        @Override
        public void close() {
            target.close();
            destinations.close();
            ReleaseWorkspace.delete(scratch);
        }
    }
}
