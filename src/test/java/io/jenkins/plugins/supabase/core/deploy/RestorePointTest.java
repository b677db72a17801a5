package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.RestorePointMaker;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.plan.RestorePointPlan;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is offered for migrations that cannot be taken back. */
class RestorePointTest {
    private static final String CREATE = "POST /v1/projects/*/database/backups/restore-point";

    @TempDir
    private Path workspace;

    private DeployFixture app;

    @BeforeEach
    void firstRelease() throws Exception {
        app = new DeployFixture(workspace);
        app.write("migrations/1_polls.sql", "create table polls (id int primary key);").function("hello", "one");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        app.log.clear();
        app.write("migrations/2_votes.sql", "create table votes (poll int references polls);").function("hello", "two");
    }

    @AfterEach
    void close() {
        app.close();
    }

    private DeployResult deploy(RestorePointRule rule) throws Exception {
        app.options = DeployOptions.DEFAULT.withRestorePoint(rule);
        return app.deploy();
    }

    private List<String> made() {
        return app.project.restorePoints().names();
    }

    @Test
    void nobodyAskedForOneAndThePlanOffersIt() throws Exception {
        DeployResult result = deploy(RestorePointRule.NONE);

        assertThat(result.restorePoint()).isNull();
        assertThat(made()).isEmpty();
        assertThat(PlanJson.read(result.planJson()).notes())
                .contains("Without a file in supabase/rollbacks, 2_votes.sql stays when the deployment is taken back."
                        + " supabaseDeploy makes a restore point before, with restorePoint: 'ifPossible'.");
    }

    @Test
    void oneIsMadeBeforeAnythingIsChangedAndRecorded() throws Exception {
        DeployResult result = deploy(RestorePointRule.IF_POSSIBLE);

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.restorePoint()).matches("d2-\\d{10}");
        assertThat(made()).containsExactly(result.restorePoint());
        assertThat(result.steps().stream().map(StepReport::kind))
                .containsSubsequence("bundle", StepReport.RESTORE_POINT, "snapshot", "migrations");
        assertThat(app.database.query("select subject from supabase_delivery.steps where kind = 'restore point'"))
                .containsExactly(result.restorePoint());
        assertThat(app.log).anyMatch(line -> line.startsWith("restore point " + result.restorePoint() + ": the database of "));
    }

    @Test
    void theWayBackNamesItWhereTheMigrationStays() throws Exception {
        String point = deploy(RestorePointRule.REQUIRED).restorePoint();
        app.log.clear();

        DeployResult result = app.rollback(null);

        assertThat(result.message()).contains("migration 2 (").contains("back to the restore point " + point + " of 20");
        assertThat(app.log).anyMatch(line -> line.contains("stays: migrations: migration 2 (") && line.contains(point));
        assertThat(RollbackPlan.read(result.planJson()).remains()).anyMatch(item -> item.text().contains(point));
    }

    @Test
    void anAutomaticRollbackNamesIt() throws Exception {
        app.healthy = true;
        app.project.functions().bootError("hello", true);

        DeployResult result = deploy(RestorePointRule.IF_POSSIBLE);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(made()).hasSize(1);
        assertThat(result.message()).contains("it is not as before: migration 2 (").contains(made().get(0));
    }

    @Test
    void aRollbackFileNeedsNone() throws Exception {
        app.write("rollbacks/2_votes.sql", "drop table votes;");

        DeployResult result = deploy(RestorePointRule.REQUIRED);

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(made()).isEmpty();
        assertThat(result.restorePoint()).isNull();
    }

    @Test
    void aPlanWithoutThemIsToldAndTheDeploymentGoesOn() throws Exception {
        app.standIn.faults().next(CREATE, Fault.status(402, "Restore points are part of a higher plan"));

        DeployResult result = deploy(RestorePointRule.IF_POSSIBLE);

        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.restorePoint()).isNull();
        assertThat(app.history()).containsExactly("1", "2");
        assertThat(app.log)
                .anyMatch(line -> line.startsWith("WARNING: there is no restore point. ")
                        && line.contains("Restore points are part of a higher plan")
                        && line.contains("goes on without"));
        assertThat(app.rollback(null).message()).doesNotContain("restore point");
    }

    @Test
    void whereOneIsRequiredNothingIsChangedWithoutIt() throws Exception {
        app.project.restorePoints().failing(true);

        DeployResult result = deploy(RestorePointRule.REQUIRED);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .contains("its status is FAILED")
                .contains("restorePoint: 'required') before 2_votes.sql. Nothing was changed.");
        assertThat(app.history()).containsExactly("1");
        assertThat(app.project.functions().live("hello").orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsLostLosesNoRestorePoint() throws Exception {
        app.standIn.faults().next(CREATE, Fault.cut());

        DeployResult result = deploy(RestorePointRule.REQUIRED);

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(made()).containsExactly(result.restorePoint());
    }

    @Test
    void patienceEnds() throws Exception {
        app.project.restorePoints().pendingReads(1000);
        RestorePointPlan plan = new RestorePointPlan(RestorePointRule.REQUIRED, List.of("2_votes.sql"), true);
        try (ManagementClient client =
                new ManagementClient(app.environment(), app.access().accessToken(), app.log::add)) {
            RestorePointStep step = new RestorePointStep(
                    plan, new RestorePointMaker(client, Duration.ofMillis(1)), app.log::add);

            assertThatThrownBy(() -> step.run(new Steps(new MemoryJournal(), app.log::add), 7, null))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("it was not available after 0 s")
                    .hasMessageContaining("Nothing was changed");
        }
    }

    @Test
    void withoutAnAccessTokenARequiredOneIsRefusedBeforeAnything() throws Exception {
        app.options = DeployOptions.DEFAULT.withSkipFunctions(true).withRestorePoint(RestorePointRule.REQUIRED);
        Access access = new Access(null, "postgres", new SecretText("postgres"), null);
        DeployRequest request = DeployRequest.of(
                        app.environment(), access, workspace.resolve("app/supabase").toString(), app.origin())
                .withOptions(app.options);
        Deployer deployer = new Deployer(request, app.log::add);

        Plan plan = PlanJson.read(deployer.plan().planJson());

        assertThat(plan.refusals())
                .singleElement()
                .asString()
                .contains("restorePoint: 'required') before 2_votes.sql", "Nothing was changed");
    }

    @Test
    void ofSeveralTheNewestThatIsFromBeforeTheMigrationIsNamed() {
        MadeRestorePoint old = new MadeRestorePoint("d1-1", "then", new TreeSet<>());
        MadeRestorePoint middle = new MadeRestorePoint("d2-1", "later", new TreeSet<>(List.of("1")));
        MadeRestorePoint late = new MadeRestorePoint("d3-1", "now", new TreeSet<>(List.of("1", "2")));
        List<MadeRestorePoint> all = List.of(old, middle, late);

        assertThat(MadeRestorePoint.before("1", all)).contains(old);
        assertThat(MadeRestorePoint.before("2", all)).contains(middle);
        assertThat(MadeRestorePoint.before("3", all)).contains(late);
        assertThat(MadeRestorePoint.before("1", List.of(late))).isEmpty();
    }
}
