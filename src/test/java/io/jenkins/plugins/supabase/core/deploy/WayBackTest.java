package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.nio.file.Path;
import java.sql.Connection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Automatic rollback and rollbackDeployment: two releases of one application, each with something of every part. */
class WayBackTest {
    @TempDir
    private Path workspace;

    private DeployFixture app;

    @BeforeEach
    void firstRelease() throws Exception {
        app = new DeployFixture(workspace);
        app.write("migrations/1_polls.sql", "create table polls (id int primary key);")
                .write("rollbacks/1_polls.sql", "drop table polls;")
                .write("config.toml", "[auth]\njwt_expiry = 1800\n\n[storage.buckets.avatars]\npublic = false\n")
                .function("hello", "one");
        app.secrets.put("STRIPE_KEY", new SecretText("one-value"));
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private void secondRelease() throws Exception {
        app.write("migrations/2_votes.sql", "create table votes (poll int references polls);")
                .write("rollbacks/2_votes.sql", "drop table votes;")
                .write("config.toml", "[auth]\njwt_expiry = 900\n\n[storage.buckets.avatars]\nfile_size_limit = \"1MiB\"\n")
                .function("hello", "two")
                .function("extra", "new");
        app.previousSecrets.put("STRIPE_KEY", new SecretText("one-value"));
        app.secrets.put("STRIPE_KEY", new SecretText("two-value"));
        app.secrets.put("NEW_KEY", new SecretText("new-value"));
    }

    private record State(SchemaState schema, int expiry, String digest, String secret, Object secrets, Object slugs) {}

    private State state() throws Exception {
        try (Connection connection = app.database.connect()) {
            return new State(
                    SchemaState.read(connection),
                    app.project.config().section(Section.AUTH).get("jwt_exp").asInt(),
                    app.project.functions().live("hello").orElseThrow().ezbrSha256(),
                    app.project.secrets().value("STRIPE_KEY").orElseThrow(),
                    app.project.secrets().names(),
                    app.project.functions().live().stream().map(function -> function.slug()).toList());
        }
    }

    @Test
    void aFunctionThatIsIllAfterItsActivationTakesEverythingBack() throws Exception {
        State before = state();
        secondRelease();
        app.healthy = true;
        app.project.functions().bootError("extra", true);

        DeployResult result = app.deploy();

        assertThat(result.message()).contains("is not healthy").contains("put back in");
        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(state()).isEqualTo(before);
        assertThat(app.history()).containsExactly("1");
        assertThat(app.database.query("select state from supabase_delivery.deployments order by id"))
                .containsExactly("SUCCEEDED", "ROLLED_BACK");
    }

    @Test
    void afterAnAutomaticRollbackNothingCountsAsDrift() throws Exception {
        secondRelease();
        app.healthy = true;
        app.project.functions().bootError("extra", true);
        app.deploy();
        app.log.clear();

        app.plan();

        assertThat(app.log).noneMatch(line -> line.contains("drift:"));
    }

    @Test
    void onFailureStopLeavesEverythingAsItIs() throws Exception {
        secondRelease();
        app.healthy = true;
        app.options = DeployOptions.DEFAULT.withOnFailure(OnFailure.STOP);
        app.project.functions().bootError("extra", true);

        DeployResult result = app.deploy();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message())
                .contains("Live from this deployment: migration 2_votes.sql, config, secrets, buckets, functions.")
                .contains("onFailure is 'stop'");
        assertThat(app.history()).containsExactly("1", "2");
    }

    @Test
    void aSecretThatCannotBeReadBackIsNamed() throws Exception {
        secondRelease();
        app.previousSecrets.clear();
        app.healthy = true;
        app.project.functions().bootError("extra", true);

        DeployResult result = app.deploy();

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).contains("it is not as before").contains("STRIPE_KEY");
        assertThat(app.log).anyMatch(line -> line.contains("stays: secrets: ") && line.contains("STRIPE_KEY"));
    }

    @Test
    void rollbackProbesTheFunctionsThatItLeadsBackTo() throws Exception {
        secondRelease();
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        app.healthy = true;
        app.project.functions().bootError("hello", true);

        DeployResult result = app.rollback(null);

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.message()).contains("Rolled back").contains("function hello");
        assertThat(result.steps())
                .filteredOn(step -> step.kind().equals("health"))
                .singleElement()
                .satisfies(step -> assertThat(step.done()).isFalse());
    }

    @Test
    void rollbackLeadsBackToTheReleaseBefore() throws Exception {
        State before = state();
        secondRelease();
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);

        DeployResult result = app.rollback(null);

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(state()).isEqualTo(before);
        assertThat(app.history()).containsExactly("1");
        assertThat(app.log).anyMatch(line -> line.startsWith("Way back for staging: from release "))
                .filteredOn(line -> line.contains("back: migrations: rollbacks/2_votes.sql takes back 2"))
                .as("the way is told once")
                .hasSize(1);
    }

    @Test
    void aRollbackThatWentOnWhereAnotherStoppedLeavesNoDrift() throws Exception {
        app.secrets.put("KEPT", new SecretText("kept-value"));
        app.previousSecrets.put("KEPT", new SecretText("kept-value"));
        app.deploy();
        secondRelease();
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        app.database.execute("create view waiting as select * from votes");
        assertThat(app.rollback(null).outcome()).as("the table is in use").isEqualTo(Outcome.FAILED);
        app.database.execute("drop view waiting");
        assertThat(app.rollback(null).outcome()).isEqualTo(Outcome.SUCCEEDED);

        app.delete("migrations/2_votes.sql");
        app.delete("rollbacks/2_votes.sql");
        app.delete("functions/extra/index.ts");
        app.function("hello", "one")
                .write("config.toml", "[auth]\njwt_expiry = 1800\n\n[storage.buckets.avatars]\npublic = false\n");
        app.secrets.remove("NEW_KEY");
        app.secrets.put("STRIPE_KEY", new SecretText("one-value"));
        app.log.clear();
        Plan plan = PlanJson.read(app.plan().planJson());

        assertThat(plan.drift()).as(String.join("\n", app.log)).isEmpty();
        assertThat(plan.isEmpty()).as(String.join("\n", app.log)).isTrue();
    }

    @Test
    void rollbackSaysWhichMigrationsStay() throws Exception {
        secondRelease();
        app.delete("rollbacks/2_votes.sql");
        app.deploy();

        DeployResult result = app.rollback(null);

        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.message()).contains("migration 2 (it, or one after it, has no file in supabase/rollbacks)");
        assertThat(app.history()).containsExactly("1", "2");
    }

    @Test
    void onlyOneReleaseLeavesNothingToGoBackTo() {
        assertThatThrownBy(() -> app.rollback(null))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("has held only one release")
                .hasMessageContaining("Nothing was changed");
        assertThatThrownBy(() -> app.rollback("9.9"))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("The release 9.9 never ran in the environment \"staging\"");
    }
}
