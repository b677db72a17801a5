package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.blob.FolderSettings;
import io.jenkins.plugins.supabase.core.deploy.DeployRequest;
import io.jenkins.plugins.supabase.core.deploy.DeployResult;
import io.jenkins.plugins.supabase.core.deploy.Deployer;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.health.Pacing;
import io.jenkins.plugins.supabase.core.health.ProbeKind;
import io.jenkins.plugins.supabase.core.ledger.LedgerVerifier;
import io.jenkins.plugins.supabase.core.ledger.Verification;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;

/** Two hosted projects (stand-in), each with its database, a folder to deploy, and a destination for releases. */
final class PromotionFixture implements AutoCloseable {
    static final String STARTER = "starter";
    static final Voter BOB = Voter.of("bob", "managers");
    static final Voter EVE = Voter.of("eve", "managers");

    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final SupabaseStandIn standIn = SupabaseStandIn.start();
    final Side staging = new Side("staging", "aaaaaaaaaaaaaaaaaaaa");
    final Side production = new Side("production", "bbbbbbbbbbbbbbbbbbbb");
    GateRules gate = GateRules.DEFAULT.withQuorum(new Quorum(2, List.of("managers", STARTER), List.of()));
    GateRules asked = GateRules.NONE;
    String emergency;
    boolean probing;
    Clock clock = Clock.systemUTC();
    private final Path workspace;
    private final String operation = UUID.randomUUID().toString();

    /** One environment. */
    final class Side {
        final StandInProject project;
        final TestDatabase database;
        private final String name;

        Side(String name, String ref) {
            this.name = name;
            this.project = standIn.createProject(ref);
            try {
                this.database = TestDatabase.create();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        Environment environment() {
            return new Environment(name, project.ref(), standIn.managementUrl(), project.url(), database.url());
        }

        Access access() {
            return new Access(
                    new SecretText(standIn.accessToken()),
                    "postgres",
                    new SecretText("postgres"),
                    new SecretText(project.keys().secret()));
        }

        /** Only the functions: the rest of the stand-in's project is well anyhow. */
        HealthRequest health() {
            EnumSet<ProbeKind> skip = EnumSet.allOf(ProbeKind.class);
            skip.remove(ProbeKind.FUNCTIONS);
            return HealthRequest.of(environment(), access())
                    .withFunctions(List.of("hello"))
                    .withSkip(skip)
                    .withPacing(Pacing.DEFAULT
                            .withTimeout(Duration.ofSeconds(2))
                            .withPauses(Duration.ofMillis(100), Duration.ofMillis(200)));
        }

        DeployRequest request(String operationId) throws IOException {
            Origin origin = new Origin(operationId, STARTER, "https://jenkins.test/job/v/7/", "https://jenkins.test/");
            return DeployRequest.of(
                            environment(), access(), workspace.resolve("app/supabase").toString(), origin)
                    .withDestinations(List.of(destination()))
                    .withHealth(health());
        }

        /** Deploys the folder as a build of its own. */
        DeployResult deploy() throws Exception {
            Deployer deployer = new Deployer(request(UUID.randomUUID().toString()), log::add);
            return deployer.apply(deployer.plan());
        }

        /** @return digest of the release that runs; null where none does */
        String runs() throws SQLException {
            if (database.query("select to_regnamespace('supabase_delivery')::text").get(0) == null) {
                return null;
            }
            List<String> digests = database.query("select release_digest from supabase_delivery.deployments"
                    + " where state = 'SUCCEEDED' order by id desc limit 1");
            return digests.isEmpty() ? null : digests.get(0);
        }

        List<String> events(String kinds) throws SQLException {
            return database.query("select kind from supabase_delivery.audit_events where kind like '" + kinds
                    + "' order by seq");
        }

        Verification verify() throws SQLException {
            try (Connection connection = database.connect()) {
                return LedgerVerifier.verify(connection, null);
            }
        }
    }

    PromotionFixture(Path workspace) throws IOException {
        this.workspace = workspace;
        write("migrations/1_polls.sql", "create table polls (id int primary key);");
        function("one");
    }

    PromotionFixture write(String path, String text) throws IOException {
        Path file = workspace.resolve("app/supabase").resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    PromotionFixture function(String answer) throws IOException {
        return write("functions/hello/index.ts", "Deno.serve(() => new Response('" + answer + "'));\n");
    }

    FolderSettings destination() throws IOException {
        return new FolderSettings("archive", "", Files.createDirectories(workspace.resolve("releases")).toString());
    }

    Path bundle(String digest) {
        return workspace.resolve("releases/releases").resolve(digest + ".zip");
    }

    PromotionRequest request() throws IOException {
        return new PromotionRequest(
                staging.environment(),
                staging.access(),
                probing ? staging.health() : null,
                production.request(operation),
                gate,
                asked,
                List.of(STARTER),
                emergency);
    }

    PlannedPromotion plan() throws Exception {
        return new PromotionPlanner(request(), log::add, clock).plan();
    }

    PromotionResult apply(PlannedPromotion planned, Decision... decisions) throws Exception {
        Instant expires = planned.ballot(planned.plannedAt()).expires().orElse(null);
        return new Promotion(request(), log::add, clock).apply(planned, Arrays.asList(decisions), expires);
    }

    boolean record(PlannedPromotion planned, Ballot ballot) throws Exception {
        return record(planned, ballot, null);
    }

    boolean record(PlannedPromotion planned, Ballot ballot, String aborted) throws Exception {
        PromotionRequest request = request();
        return new Promotion(request, log::add, clock)
                .record(new DecisionRecord(request.deployment().origin(), planned, ballot, aborted));
    }

    static Decision yes(Voter voter, PlannedPromotion planned) {
        return Decision.approve(voter, "fine", planned.planDigest(), Instant.now());
    }

    static Decision[] both(PlannedPromotion planned) {
        return new Decision[] {yes(BOB, planned), yes(EVE, planned)};
    }

    @Override
    public void close() {
        standIn.close();
    }
}
