package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.bucket.BucketPlanner;
import io.jenkins.plugins.supabase.core.config.ConfigChange;
import io.jenkins.plugins.supabase.core.config.ConfigPlan;
import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.config.DeclaredConfig;
import io.jenkins.plugins.supabase.core.config.DeclaredSettings;
import io.jenkins.plugins.supabase.core.config.RemoteConfig;
import io.jenkins.plugins.supabase.core.config.SettingChange;
import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.function.FunctionPlan;
import io.jenkins.plugins.supabase.core.function.FunctionPlanner;
import io.jenkins.plugins.supabase.core.ledger.CurrentState;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.core.ledger.DeploymentState;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.core.postgres.StatementSplitter;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.rule.FunctionTypeCheck;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.secret.SecretPlan;
import io.jenkins.plugins.supabase.core.secret.SecretPlanner;
import io.jenkins.plugins.supabase.core.secret.WantedSecret;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.LockTrace;
import io.jenkins.plugins.supabase.core.trace.TableSizes;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import io.jenkins.plugins.supabase.core.trace.TraceRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compares a release with an environment. Never writes to either. */
public final class Planner {
    /** More in a row than anybody leaves behind. */
    private static final int MOST_UNFINISHED = 20;

    private final PlanInputs inputs;
    private final Progress progress;
    private final DeclaredConfig declared;
    private final DeclaredSettings settings;
    private final List<String> notes = new ArrayList<>();

    /**
     * Looks at the release alone.
     *
     * @throws DeliveryException if it cannot be deployed to the environment
     */
    public Planner(PlanInputs inputs, Progress progress) {
        this.inputs = inputs;
        this.progress = progress;
        Means.require(inputs);
        this.declared = DeclaredConfig.read(
                inputs.project().directory(),
                inputs.environment().hostedProject().orElse(null),
                inputs.variables());
        this.settings = DeclaredSettings.read(
                inputs.project().directory(), inputs.environment(), inputs.variables());
    }

    /**
     * Looks at the environment.
     *
     * @param connection in auto-commit mode; null where the environment's database cannot be reached
     * @param client     null where the environment is a self-hosted stack or has no access token
     */
    public Look look(Connection connection, ManagementClient client) throws InterruptedException {
        return look(connection, client, true);
    }

    /**
     * The same without what only informs: the lock trace, the rules' findings and the type check.
     *
     * @return a plan with the same digest
     */
    public Look glance(Connection connection, ManagementClient client) throws InterruptedException {
        return look(connection, client, false);
    }

    private Look look(Connection connection, ManagementClient client, boolean examine) throws InterruptedException {
        notes.clear();
        notes.addAll(inputs.project().warnings());
        notes.addAll(settings.notes());
        Database database = database(connection);
        EnvironmentState recorded = database.recorded();
        RemoteConfig remote = remote(client, recorded);
        ConfigPlan config = remote == null ? null : config(remote, recorded);
        FunctionPlan functions = functions(client, recorded);
        SecretPlan secrets = secrets(client, recorded);
        Look.BucketLook buckets = buckets(client, recorded);
        MigrationFindings examined = MigrationFindings.of(
                database.migrations(),
                examine ? trace(database.migrations()) : null,
                database.sizes(),
                declared.exposedSchemas());
        RestorePointPlan restorePoint = RestorePointPlan.of(
                inputs.restorePoint(), database.migrations(), inputs.project().rollbacks().keySet(), client != null);
        restorePoint.note().ifPresent(notes::add);
        List<Finding> findings = examine ? findings(config, examined, typeCheck(functions)) : List.of();
        Plan plan = new Plan(
                inputs.environment().name(),
                inputs.release(),
                database.running(),
                database.migrations() == null ? 0 : database.migrations().applied(),
                database.migrations() == null ? List.of() : pending(database.migrations()),
                config == null ? List.<ConfigChange>of() : config.changes(),
                secrets == null ? List.<SecretChange>of() : secrets.changes(),
                buckets == null ? List.<BucketChange>of() : buckets.plan().changes(),
                functions == null ? List.<FunctionChange>of() : functions.changes(),
                config == null ? List.<SettingChange>of() : config.settings(),
                drift(database, remote, functions, secrets, buckets),
                Refusals.of(
                        inputs,
                        database.migrations(),
                        config,
                        buckets == null ? null : buckets.plan(),
                        examined.contractions(),
                        restorePoint),
                findings,
                examined.trace(),
                notes);
        return new Look(
                plan,
                database.position(),
                database.current(),
                database.unfinished().stream().map(Deployment::id).toList(),
                database.migrations(),
                restorePoint,
                database.schema(),
                config,
                remote,
                secrets,
                buckets,
                functions);
    }

    /** What the database tells; all but the position null where it cannot be reached. */
    private record Database(
            CurrentState current,
            long position,
            ReleaseSummary running,
            MigrationComparison migrations,
            SchemaState schema,
            TableSizes sizes,
            List<Deployment> unfinished) {
        EnvironmentState recorded() {
            return current == null || current.state() == null ? EnvironmentState.EMPTY : current.state();
        }
    }

    private Database database(Connection connection) throws InterruptedException {
        if (connection == null) {
            notes.add("The environment has no databaseCredentialsId: there is no ledger, no lock against other deployments,"
                    + " and nothing is known of drift.");
            return new Database(null, 0, null, null, null, TableSizes.UNKNOWN, List.of());
        }
        try (Cancellable work = new Cancellable(connection)) {
            return work.run(this::read);
        } catch (SQLException e) {
            throw new DeliveryException("The database of the environment \"" + inputs.environment().name()
                    + "\" could not be looked at: " + e.getMessage() + ". Nothing was changed. Check the rights of the"
                    + " database user, then run the build again.", e);
        }
    }

    private Database read(Connection connection) throws SQLException {
        LedgerReader ledger = Ledger.read(connection);
        CurrentState current = ledger.current().orElse(null);
        MigrationComparison migrations =
                MigrationComparison.of(inputs.project().migrations(), MigrationHistory.applied(connection));
        return new Database(
                current,
                ledger.newest().map(Deployment::id).orElse(0L),
                current == null ? null : RunningRelease.of(ledger, current.deployment()),
                migrations,
                SchemaState.read(connection),
                migrations.pending().isEmpty() ? TableSizes.UNKNOWN : MigrationFindings.sizes(connection),
                unfinished(ledger));
    }

    /** Without snapshots a deployment has changed nothing; a rollback keeps none. */
    private static List<Deployment> unfinished(LedgerReader ledger) {
        List<Deployment> unfinished = new ArrayList<>();
        for (Deployment deployment : ledger.history(Long.MAX_VALUE, MOST_UNFINISHED)) {
            if (deployment.state() == DeploymentState.SUCCEEDED || ledger.state(deployment.id()).isPresent()) {
                break;
            }
            if (deployment.kind() == DeploymentKind.ROLLBACK || !ledger.snapshots(deployment.id()).isEmpty()) {
                unfinished.add(0, deployment);
            }
        }
        return unfinished;
    }

    private List<Drift> drift(
            Database database, RemoteConfig remote, FunctionPlan functions, SecretPlan secrets, Look.BucketLook buckets) {
        if (database.unfinished().isEmpty()) {
            return new DriftFinder(database.recorded())
                    .find(database.migrations(), database.schema(), remote, functions, secrets, buckets);
        }
        Deployment unfinished = database.unfinished().get(database.unfinished().size() - 1);
        notes.add("Deployment " + unfinished.id() + " ended as " + unfinished.state() + ": what it changed cannot be told from"
                + " what others changed, so drift is looked for in the migrations alone until a deployment succeeds.");
        return new DriftFinder(EnvironmentState.EMPTY).find(database.migrations(), null, null, null, null, null);
    }

    private List<PendingMigration> pending(MigrationComparison comparison) {
        return comparison.pending().stream().map(this::pending).toList();
    }

    private PendingMigration pending(MigrationFile file) {
        return new PendingMigration(
                file.version(),
                file.name(),
                file.fileName(),
                StatementSplitter.split(file.sql()).size(),
                Sha256.of(file.sql()),
                inputs.project().rollbacks().containsKey(file.version()));
    }

    private TraceReport trace(MigrationComparison migrations) throws InterruptedException {
        if (inputs.scratch() == null || migrations == null || migrations.disagreement().isPresent()) {
            return null;
        }
        return LockTrace.run(
                new TraceRequest(
                        inputs.environment(),
                        inputs.access(),
                        migrations.pending(),
                        inputs.project().rollbacks(),
                        inputs.scratch(),
                        TraceRequest.DEFAULT_DEADLINE),
                progress);
    }

    private RemoteConfig remote(ManagementClient client, EnvironmentState recorded) throws InterruptedException {
        boolean wanted = declared.declaresAnything()
                || settings.declaresAnything()
                || !recorded.config().isEmpty();
        if (!wanted) {
            return null;
        }
        if (client == null) {
            notes.add(inputs.environment().hostedProject().isEmpty()
                    ? "config.toml is not deployed: the environment is a self-hosted stack, whose settings no API changes."
                    : "config.toml is not deployed: the environment has no accessTokenCredentialsId.");
            return null;
        }
        return RemoteConfig.read(client);
    }

    private ConfigPlan config(RemoteConfig remote, EnvironmentState recorded) {
        ConfigPlan config =
                ConfigPlan.of(declared, settings, remote, inputs.policy(), recorded.config());
        notes.addAll(config.notes());
        return config;
    }

    private FunctionPlan functions(ManagementClient client, EnvironmentState recorded) throws InterruptedException {
        boolean wanted = !inputs.project().functions().isEmpty() || !recorded.functions().isEmpty() || inputs.prune();
        if (client == null || inputs.skipFunctions() || !wanted) {
            return null;
        }
        return FunctionPlanner.plan(inputs.project(), client.functions(), recorded.functions(), inputs.prune());
    }

    private SecretPlan secrets(ManagementClient client, EnvironmentState recorded) throws InterruptedException {
        List<WantedSecret> wanted = new ArrayList<>(inputs.secrets());
        settings.functionSecrets().forEach((name, value) -> wanted.add(new WantedSecret(name, null, value)));
        boolean looked = !wanted.isEmpty() || !recorded.secrets().isEmpty() || inputs.prune();
        if (client == null || !looked) {
            return null;
        }
        return SecretPlanner.plan(wanted, client.secrets(), recorded.secrets(), inputs.prune());
    }

    private Look.BucketLook buckets(ManagementClient client, EnvironmentState recorded) throws InterruptedException {
        if (client == null || declared.buckets().isEmpty() && recorded.buckets().isEmpty()) {
            return null;
        }
        StorageClient storage =
                client.storage(inputs.access().apiKey() == null ? client.secretKey() : inputs.access().apiKey());
        List<StoredBucket> live = storage.buckets();
        return new Look.BucketLook(
                BucketPlanner.plan(declared.buckets(), live),
                declared.buckets().stream().map(DeclaredBucket::name).toList(),
                live,
                storage);
    }

    private List<Finding> typeCheck(FunctionPlan functions) throws InterruptedException {
        if (functions == null) {
            return List.of();
        }
        Set<String> changed = functions.changes().stream()
                .filter(change -> change.kind() == FunctionChange.Kind.NEW
                        || change.kind() == FunctionChange.Kind.CHANGED)
                .map(FunctionChange::slug)
                .collect(Collectors.toSet());
        FunctionTypeCheck.Result result = FunctionTypeCheck.run(
                inputs.project().withFunctions(inputs.project().functions().stream()
                        .filter(function -> changed.contains(function.slug()))
                        .toList()),
                FunctionTypeCheck.DEFAULT_DEADLINE,
                progress);
        notes.addAll(result.notes());
        return result.findings();
    }

    private List<Finding> findings(ConfigPlan config, MigrationFindings examined, List<Finding> types) {
        List<Finding> findings = new ArrayList<>(examined.findings());
        findings.addAll(types);
        findings.addAll(config == null ? declared.findings() : config.findings());
        return findings;
    }
}
