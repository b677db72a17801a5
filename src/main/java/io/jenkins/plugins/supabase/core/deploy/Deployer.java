package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.function.FunctionBundles;
import io.jenkins.plugins.supabase.core.function.FunctionDeployer;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.migration.MigrationDeployer;
import io.jenkins.plugins.supabase.core.migration.MigrationOptions;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import io.jenkins.plugins.supabase.core.postgres.Database;
import io.jenkins.plugins.supabase.core.postgres.StatementSplitter;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings an environment to what a Supabase folder says. Planning changes nothing. Applying is convergent: after any
 * interruption, applying again finishes the job.
 */
public final class Deployer {
    /** Long enough for the longest deployment that one would wait for; the Pipeline step timeout ends it earlier. */
    private static final Duration LOCK_DEADLINE = Duration.ofMinutes(30);

    private final DeployRequest request;
    private final Environment environment;
    private final Progress progress;

    public Deployer(DeployRequest request, Progress progress) {
        this.request = request;
        this.environment = request.environment();
        this.progress = progress;
    }

    /**
     * Looks at the folder and at the environment.
     *
     * @throws DeliveryException if the folder cannot be deployed to the environment
     */
    public DeployPlan plan() throws InterruptedException {
        long started = System.currentTimeMillis();
        SupabaseProject project = readProject();
        project.warnings().forEach(warning -> progress.line("WARNING: " + warning));
        Map<String, Integer> functionVersions = functionVersions(project);
        List<MigrationFile> pending = pending(project);
        progress.line("Plan for " + environment.name() + ": "
                + (pending.isEmpty()
                        ? "no migration is pending"
                        : Count.of(pending.size(), "migration") + " to apply ("
                                + pending.stream().map(MigrationFile::fileName).collect(Collectors.joining(", ")) + ")")
                + ", " + describeFunctions(project) + ".");
        return new DeployPlan(
                pending.stream().map(MigrationFile::version).toList(), functionVersions, started);
    }

    /**
     * Does what is pending.
     *
     * @throws DeliveryException if something failed; its message says what is live and what is not
     */
    public DeployResult apply(DeployPlan plan) throws InterruptedException {
        SupabaseProject project = readProject();
        DeployResult result = request.access().databasePassword() == null
                ? applyWithoutLock(plan, project)
                : applyWithLock(plan, project);
        DeploySummary.lines(result).forEach(progress::line);
        return result;
    }

    private DeployResult applyWithoutLock(DeployPlan plan, SupabaseProject project) throws InterruptedException {
        progress.line("The environment has no databaseCredentialsId, so nothing keeps other deployments away.");
        return inOrder(plan, project, List::of);
    }

    private DeployResult applyWithLock(DeployPlan plan, SupabaseProject project) throws InterruptedException {
        try (Connection connection = Database.open(environment, request.access());
                AdvisoryLock ignored = AdvisoryLock.acquire(connection, LOCK_DEADLINE, progress)) {
            MigrationDeployer deployer = new MigrationDeployer(connection, MigrationOptions.DEFAULTS, progress);
            List<MigrationFile> pending = deployer.pending(project.migrations());
            return inOrder(plan, project, () -> {
                List<MigrationOutcome> applied = new ArrayList<>(appliedBefore(plan, project, pending));
                applied.addAll(deployer.apply(pending));
                return applied;
            });
        } catch (SQLException e) {
            throw connectionLost(e);
        }
    }

    /** Functions are bundled first: whatever the platform refuses is then refused before the database changes. */
    private DeployResult inOrder(DeployPlan plan, SupabaseProject project, Migrations migrations)
            throws InterruptedException {
        List<EdgeFunction> functions = functions(project);
        if (functions.isEmpty()) {
            return result(plan, migrations.apply(), List.of());
        }
        try (ManagementClient client = client()) {
            FunctionDeployer deployer = new FunctionDeployer(client, progress);
            FunctionBundles bundles = deployer.bundle(functions);
            List<MigrationOutcome> applied = migrations.apply();
            return result(plan, applied, activate(deployer, bundles, applied));
        }
    }

    private static List<FunctionOutcome> activate(
            FunctionDeployer deployer, FunctionBundles bundles, List<MigrationOutcome> applied)
            throws InterruptedException {
        try {
            return deployer.activate(bundles).outcomes();
        } catch (DeliveryException e) {
            if (applied.isEmpty()) {
                throw e;
            }
            throw new DeliveryException(
                    e.getMessage() + " The migrations of this deployment ("
                            + applied.stream().map(MigrationOutcome::version).collect(Collectors.joining(", "))
                            + ") are applied and stay; deploying again goes on with the functions.",
                    e);
        }
    }

    private interface Migrations {
        List<MigrationOutcome> apply() throws InterruptedException;
    }

    /** What an earlier attempt at this plan applied before it was interrupted. */
    private static List<MigrationOutcome> appliedBefore(
            DeployPlan plan, SupabaseProject project, List<MigrationFile> pending) {
        if (!plan.resumed()) {
            return List.of();
        }
        Set<String> done = new HashSet<>(plan.pendingVersions());
        pending.forEach(migration -> done.remove(migration.version()));
        return project.migrations().stream()
                .filter(migration -> done.contains(migration.version()))
                .map(migration -> appliedBefore(migration))
                .toList();
    }

    private static MigrationOutcome appliedBefore(MigrationFile migration) {
        return new MigrationOutcome(
                migration.version(),
                migration.name(),
                migration.fileName(),
                StatementSplitter.split(migration.sql()).size(),
                0);
    }

    private DeployResult result(DeployPlan plan, List<MigrationOutcome> migrations, List<FunctionOutcome> functions) {
        return new DeployResult(
                environment.name(),
                migrations,
                functions.stream().map(outcome -> sinceThePlan(plan, outcome)).toList(),
                System.currentTimeMillis() - plan.startedMillis());
    }

    /** A function that an interrupted attempt brought live looks unchanged to the attempt that finished the job. */
    private static FunctionOutcome sinceThePlan(DeployPlan plan, FunctionOutcome outcome) {
        Integer before = plan.functionVersions().get(outcome.slug());
        if (!plan.resumed() || (before != null && before == outcome.version())) {
            return outcome;
        }
        return outcome.withChange(before == null ? FunctionOutcome.Change.NEW : FunctionOutcome.Change.CHANGED);
    }

    private SupabaseProject readProject() {
        try {
            SupabaseProject project = SupabaseProject.read(Path.of(request.directory()));
            requireMeans(project);
            return project;
        } catch (InvalidPathException e) {
            throw new DeliveryException("directory: \"" + request.directory() + "\" is not a path. Nothing was changed."
                    + " Name the folder that holds migrations and functions, relative to the workspace.");
        }
    }

    /** Says before anything is changed which credential a part of the project would need. */
    private void requireMeans(SupabaseProject project) {
        if (!project.migrations().isEmpty() && request.access().databasePassword() == null) {
            throw missing("databaseCredentialsId", "migrations", "a \"Username with password\" credential of the role"
                    + " that runs migrations");
        }
        if (functions(project).isEmpty()) {
            return;
        }
        if (environment.hostedProject().isEmpty()) {
            throw new DeliveryException("The environment \"" + environment.name() + "\" is a self-hosted stack, and the"
                    + " project has " + Count.of(project.functions().size(), "edge function") + ", which no API can"
                    + " replace there. Nothing was changed. Copy supabase/functions to the volume that the edge runtime"
                    + " mounts, and deploy with skipFunctions: true.");
        }
        if (request.access().accessToken() == null) {
            throw missing("accessTokenCredentialsId", "edge functions", "a \"Secret text\" credential with an access"
                    + " token");
        }
    }

    private DeliveryException missing(String setting, String part, String credential) {
        return new DeliveryException("The project has " + part + ", but the environment \"" + environment.name()
                + "\" has no " + setting + ". Nothing was changed. Let an administrator set it to " + credential + ".");
    }

    private List<EdgeFunction> functions(SupabaseProject project) {
        return request.skipFunctions() ? List.of() : project.functions();
    }

    private String describeFunctions(SupabaseProject project) {
        return request.skipFunctions()
                ? "edge functions are left as they are"
                : Count.of(project.functions().size(), "edge function") + " to compare";
    }

    private Map<String, Integer> functionVersions(SupabaseProject project) throws InterruptedException {
        Map<String, Integer> versions = new HashMap<>();
        if (!functions(project).isEmpty()) {
            try (ManagementClient client = client()) {
                for (DeployedFunction function : client.functions()) {
                    versions.put(function.slug(), function.version());
                }
            }
        }
        return versions;
    }

    private List<MigrationFile> pending(SupabaseProject project) throws InterruptedException {
        if (project.migrations().isEmpty()) {
            return List.of();
        }
        try (Connection connection = Database.open(environment, request.access())) {
            return new MigrationDeployer(connection, MigrationOptions.DEFAULTS, progress)
                    .pending(project.migrations());
        } catch (SQLException e) {
            throw connectionLost(e);
        }
    }

    private DeliveryException connectionLost(SQLException e) {
        return new DeliveryException("The connection to the database of \"" + environment.name() + "\" did not end"
                + " cleanly (" + e.getMessage() + "). Deploy again: what was done is in the database's history.", e);
    }

    private ManagementClient client() {
        return new ManagementClient(
                environment,
                request.access().accessToken(),
                progress,
                ManagementOptions.DEFAULT.withProxy(request.proxy()));
    }
}
