package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.migration.MigrationOutcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployerTest {
    private static final String REF = "abcdefghijklmnopqrst";

    @TempDir
    private Path workspace;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final StandInProject project = standIn.createProject(REF);
    private TestDatabase database;
    private String operation = "operation";

    @BeforeEach
    void project() throws Exception {
        database = TestDatabase.create();
        write("migrations/1_polls.sql", "create table polls (id int primary key);");
        write("migrations/2_votes.sql", "create table votes (poll int references polls);");
        write("functions/hello/index.ts", "Deno.serve(() => new Response('hello'));");
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    @Test
    void firstDeploymentAppliesEverything() throws Exception {
        DeployResult result = deploy();

        assertThat(result.changed()).isTrue();
        assertThat(result.migrations()).extracting(MigrationOutcome::version).containsExactly("1", "2");
        assertThat(result.functions()).singleElement().satisfies(function -> {
            assertThat(function.slug()).isEqualTo("hello");
            assertThat(function.change()).isEqualTo(FunctionOutcome.Change.NEW);
        });
        assertThat(history()).containsExactly("1", "2");
        assertThat(project.functions().live("hello")).isPresent();
        assertThat(log).anyMatch(line -> line.startsWith("Plan for staging: release "))
                .anyMatch(line -> line.contains("migrations: 2 to apply, 0 applied"))
                .anyMatch(line -> line.startsWith("Deployed "));
    }

    @Test
    void secondDeploymentChangesNothing() throws Exception {
        int version = deploy().functions().get(0).version();

        DeployResult again = deploy();

        assertThat(again.changed()).isFalse();
        assertThat(again.migrations()).isEmpty();
        assertThat(again.functions())
                .extracting(FunctionOutcome::change, FunctionOutcome::version)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(FunctionOutcome.Change.UNCHANGED, version));
        assertThat(log).anyMatch(line -> line.startsWith("Nothing to do"));
    }

    @Test
    void failedMigrationLeavesTheFunctionsAsTheyWere() throws Exception {
        write("migrations/2_votes.sql", "create table votes (poll int references nowhere);");

        DeployResult result = deploy();

        assertThat(result.outcome()).isEqualTo(DeployResult.Outcome.FAILED);
        assertThat(result.message())
                .contains("2_votes.sql")
                .contains("it is not as before: migration 1 (it, or one after it, has no file in supabase/rollbacks)");
        assertThat(history()).containsExactly("1");
        assertThat(project.functions().live("hello")).isEmpty();
    }

    @Test
    void refusedFunctionIsFoundBeforeTheFirstMigration() throws Exception {
        project.functions().rejectBundle("hello", "Expected a semicolon");

        DeployResult result = deploy();

        assertThat(result.outcome()).isEqualTo(DeployResult.Outcome.FAILED);
        assertThat(result.message()).contains("hello").contains("Expected a semicolon");

        assertThat(database.query("select to_regclass('public.polls')::text")).containsExactly((String) null);
    }

    @Test
    void failedActivationSaysThatTheMigrationsStay() throws Exception {
        standIn.faults().next("PUT /v1/projects/*/functions", Fault.status(402));

        assertThat(deploy().message())
                .contains("No edge function was activated")
                .contains("it is not as before: migration 2");

        assertThat(deploy().functions().get(0).change()).isNotEqualTo(FunctionOutcome.Change.UNCHANGED);
    }

    @Test
    void resumedDeploymentTellsWhatItDidAsAWhole() throws Exception {
        PlannedDeployment plan = deployer().plan();
        deployer().apply(plan);

        DeployResult resumed = deployer().apply(plan);

        assertThat(resumed.changed()).isTrue();
        assertThat(resumed.migrations()).extracting(MigrationOutcome::version).containsExactly("1", "2");
        assertThat(resumed.functions())
                .extracting(FunctionOutcome::change)
                .containsExactly(FunctionOutcome.Change.NEW);
    }

    @Test
    void migrationThatSomebodyElseAppliedAfterThePlanIsNotClaimed() throws Exception {
        PlannedDeployment plan = deployer().plan();
        deploy();
        operation = "mine";

        assertThat(deployer().apply(plan).migrations()).isEmpty();
    }

    @Test
    void missingDatabaseCredentialIsNamedBeforeAnythingIsDone() {
        assertThatThrownBy(() -> new Deployer(request(new Access(token(), null, null, null), false), log::add).plan())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("databaseCredentialsId")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void missingAccessTokenIsNamedBeforeAnythingIsDone() throws Exception {
        Access access = new Access(null, "postgres", new SecretText("postgres"), null);

        assertThatThrownBy(() -> new Deployer(request(access, false), log::add).plan())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("accessTokenCredentialsId");
        assertThat(new Deployer(request(access, true), log::add).plan().isEmpty()).isFalse();
    }

    @Test
    void selfHostedStackRefusesFunctionsUnlessTheyAreSkipped() throws Exception {
        Environment own = new Environment("own", null, standIn.managementUrl(), project.url(), database.url());

        assertThatThrownBy(() -> new Deployer(request(own, access(), false), log::add).plan())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("self-hosted")
                .hasMessageContaining("skipFunctions: true");
        assertThat(new Deployer(request(own, access(), true), log::add).plan().isEmpty()).isFalse();
    }

    @Test
    void directoryThatIsNoPathIsNamed() {
        DeployRequest request = DeployRequest.of(environment(), access(), "supa\u0000base", origin("1"));

        assertThatThrownBy(() -> new Deployer(request, log::add).plan())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("is not a path");
    }

    /** As a build of its own. */
    private DeployResult deploy() throws InterruptedException {
        operation = UUID.randomUUID().toString();
        Deployer deployer = deployer();
        return deployer.apply(deployer.plan());
    }

    private Deployer deployer() {
        return new Deployer(request(access(), false), log::add);
    }

    private DeployRequest request(Access access, boolean skipFunctions) {
        return request(environment(), access, skipFunctions);
    }

    private DeployRequest request(Environment environment, Access access, boolean skipFunctions) {
        return DeployRequest.of(
                        environment, access, workspace.resolve("supabase").toString(), origin(operation))
                .withOptions(DeployOptions.DEFAULT.withSkipFunctions(skipFunctions));
    }

    private static Origin origin(String operation) {
        return new Origin(operation, "ada", "https://jenkins.test/job/votes/1/", "https://jenkins.test/");
    }

    private Environment environment() {
        return new Environment("staging", REF, standIn.managementUrl(), project.url(), database.url());
    }

    private Access access() {
        return new Access(token(), "postgres", new SecretText("postgres"), null);
    }

    private SecretText token() {
        return new SecretText(standIn.accessToken());
    }

    private List<String> history() throws SQLException {
        return database.query("select version from supabase_migrations.schema_migrations order by version");
    }

    private void write(String path, String text) throws IOException {
        Path file = workspace.resolve("supabase").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
