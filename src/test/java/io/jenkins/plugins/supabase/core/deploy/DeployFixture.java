package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.FolderSettings;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.Pacing;
import io.jenkins.plugins.supabase.core.health.ProbeKind;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A hosted project (stand-in), its database, and a folder to deploy. */
final class DeployFixture implements AutoCloseable {
    static final String REF = "abcdefghijklmnopqrst";

    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final SupabaseStandIn standIn = SupabaseStandIn.start();
    final StandInProject project = standIn.createProject(REF);
    final TestDatabase database;
    final Path workspace;
    DeployOptions options = DeployOptions.DEFAULT;
    Map<String, SecretText> secrets = new TreeMap<>();
    Map<String, SecretText> previousSecrets = new TreeMap<>();
    Map<String, SecretText> credentialVariables = new TreeMap<>();
    boolean healthy;

    DeployFixture(Path workspace) throws SQLException {
        this.workspace = workspace;
        this.database = TestDatabase.create();
    }

    DeployFixture write(String path, String text) throws IOException {
        Path file = workspace.resolve("app/supabase").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    DeployFixture function(String slug, String answer) throws IOException {
        return write("functions/" + slug + "/index.ts", "Deno.serve(() => new Response('" + answer + "'));\n");
    }

    void delete(String path) throws IOException {
        Files.delete(workspace.resolve("app/supabase").resolve(path));
    }

    Environment environment() {
        return new Environment("staging", REF, standIn.managementUrl(), project.url(), database.url());
    }

    Access access() {
        return new Access(
                new SecretText(standIn.accessToken()),
                "postgres",
                new SecretText("postgres"),
                new SecretText(project.keys().secret()));
    }

    Origin origin() {
        return new Origin(UUID.randomUUID().toString(), "ada", "https://jenkins.test/job/votes/1/", "https://jenkins.test/");
    }

    DeployRequest request() throws IOException {
        Map<String, String> credentials = new TreeMap<>();
        secrets.keySet().forEach(name -> credentials.put(name, "credential-of-" + name));
        return DeployRequest.of(
                        environment(), access(), workspace.resolve("app/supabase").toString(), origin())
                .withOptions(options)
                .withInputs(DeployInputs.NONE
                        .withSecrets(secrets, credentials)
                        .withVariables(Map.of(), credentialVariables)
                        .withPreviousSecrets(previousSecrets))
                .withDestinations(List.of(destination()))
                .withHealth(healthy ? health(environment(), access()) : null);
    }

    FolderSettings destination() throws IOException {
        Path folder = Files.createDirectories(workspace.resolve("releases"));
        return new FolderSettings("archive", "", folder.toString());
    }

    /** Only the functions: the rest of the stand-in's project is well anyhow. */
    static HealthRequest health(Environment environment, Access access) {
        EnumSet<ProbeKind> skip = EnumSet.allOf(ProbeKind.class);
        skip.remove(ProbeKind.FUNCTIONS);
        return HealthRequest.of(environment, access)
                .withSkip(skip)
                .withPacing(Pacing.DEFAULT
                        .withTimeout(Duration.ofSeconds(2))
                        .withPauses(Duration.ofMillis(100), Duration.ofMillis(200)));
    }

    /** As a build of its own. */
    DeployResult deploy() throws Exception {
        DeployRequest request = request();
        Deployer deployer = new Deployer(request, log::add);
        return deployer.apply(deployer.plan());
    }

    PlannedDeployment plan() throws Exception {
        return new Deployer(request(), log::add).plan();
    }

    DeployResult rollback(String to) throws Exception {
        RollbackRequest request = new RollbackRequest(
                environment(), access(), to, previousSecrets, healthy ? health(environment(), access()) : null, List.of(destination()), origin(), null);
        Rollback rollback = new Rollback(request, log::add);
        return rollback.apply(rollback.plan());
    }

    List<String> history() throws SQLException {
        return database.query("select version from supabase_migrations.schema_migrations order by version");
    }

    @Override
    public void close() {
        standIn.close();
    }
}
