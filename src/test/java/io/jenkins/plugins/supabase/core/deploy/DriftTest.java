package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.local.standin.StandInConfig.Section;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftTest {
    @TempDir
    private Path workspace;

    private DeployFixture app;

    @BeforeEach
    void deployed() throws Exception {
        app = new DeployFixture(workspace);
        app.write("migrations/1_polls.sql", "create table polls (id int primary key);")
                .write("config.toml", "[auth]\njwt_expiry = 1800\n")
                .function("hello", "one");
        app.secrets.put("STRIPE_KEY", new SecretText("one-value"));
        app.deploy();
    }

    @AfterEach
    void close() {
        app.close();
    }

    private List<Drift> drift() throws Exception {
        return PlanJson.read(app.plan().planJson()).drift();
    }

    @Test
    void nothingDriftsByItself() throws Exception {
        assertThat(drift()).isEmpty();
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void anUnchangedDeploymentCostsFewCalls() throws Exception {
        DeployResult result = app.deploy();

        assertThat(result.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(result.apiCalls()).isEqualTo(3);
    }

    @Test
    void anEditedMigrationIsFoundAndStopsTheDeployment() throws Exception {
        app.write("migrations/1_polls.sql", "create table polls (id bigint primary key);");

        assertThat(drift()).singleElement().satisfies(drift -> {
            assertThat(drift.kind()).isEqualTo(Drift.Kind.EDITED_MIGRATION);
            assertThat(drift.detail()).contains("Statement 1 (line 1) ran as");
            assertThat(drift.blocks()).isTrue();
        });
        assertThatThrownBy(() -> app.deploy())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("1_polls.sql was edited after it had been applied");
    }

    @Test
    void aChangeByHandInTheDatabaseStaysADriftUntilItIsAccepted() throws Exception {
        app.database.execute("alter table polls add column note text");

        assertThat(drift()).extracting(Drift::kind).containsOnly(Drift.Kind.SCHEMA);
        assertThat(drift()).anyMatch(drift -> drift.subject().contains("note"));

        app.write("migrations/2_more.sql", "create table more (id int);");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(drift()).as("another deployment does not hide it").anyMatch(drift -> drift.subject().contains("note"))
                .noneMatch(drift -> drift.subject().contains("more"));

        app.options = DeployOptions.DEFAULT.withAcceptDrift(true);
        app.deploy();
        assertThat(drift()).isEmpty();
    }

    @Test
    void aChangeInTheDashboardIsFoundAndSetBack() throws Exception {
        app.project.config().merge(Section.AUTH, new JsonMapper().readTree("{\"jwt_exp\": 3600, \"site_url\": \"https://x.test\"}"));

        assertThat(drift()).extracting(Drift::subject).contains("auth.jwt_expiry", "auth.site_url");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(app.project.config().section(Section.AUTH).get("jwt_exp").asInt()).isEqualTo(1800);
        assertThat(drift()).as("what no release declares stays a drift")
                .extracting(Drift::subject)
                .containsExactly("auth.site_url");
    }

    @Test
    void whatAnUnfinishedDeploymentLeftIsNoDrift() throws Exception {
        app.function("hello", "two").write("migrations/2_bad.sql", "select nowhere();");
        app.options = DeployOptions.DEFAULT.withOnFailure(OnFailure.STOP);
        app.write("migrations/15_more.sql", "create table more (id int);");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.FAILED);

        assertThat(drift()).isEmpty();
        assertThat(app.log).anyMatch(line -> line.contains("ended as FAILED"));
    }

    @Test
    void theDeploymentAfterAnUnfinishedOneKnowsWhatThatLeft() throws Exception {
        app.write("migrations/2_more.sql", "create table more (id int);")
                .write("config.toml", "[auth]\njwt_expiry = 1700\n")
                .function("hello", "two");
        app.secrets.put("STRIPE_KEY", new SecretText("another-value"));
        app.options = DeployOptions.DEFAULT.withOnFailure(OnFailure.STOP);
        app.healthy = true;
        app.project.functions().bootError("hello", true);
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.FAILED);
        app.project.functions().bootError("hello", false);

        assertThat(app.deploy().succeeded()).isTrue();

        assertThat(drift()).isEmpty();
        app.function("hello", "three");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(drift()).isEmpty();
    }

    @Test
    void whatOthersChangedStaysADriftHoweverManyDeploymentsFail() throws Exception {
        app.database.execute("alter table polls add column note text");
        app.options = DeployOptions.DEFAULT.withOnFailure(OnFailure.STOP);
        app.write("config.toml", "[auth]\njwt_expiry = 1700\n").function("hello", "two");
        app.project.functions().rejectBundle("hello", "no");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(drift()).as("nothing was changed").anyMatch(drift -> drift.subject().contains("note"));
        app.project.functions().acceptBundle("hello");
        app.healthy = true;
        app.project.functions().bootError("hello", true);
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.FAILED);
        app.write("migrations/2_more.sql", "create table more (id int);");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.FAILED);
        app.project.functions().bootError("hello", false);

        assertThat(app.deploy().succeeded()).isTrue();

        assertThat(drift()).isNotEmpty().allMatch(drift -> drift.subject().contains("note"));
    }

    @Test
    void theSameWhereNothingWasLeftToDo() throws Exception {
        app.write("migrations/2_more.sql", "create table more (id int);");
        app.options = DeployOptions.DEFAULT.withOnFailure(OnFailure.STOP);
        app.healthy = true;
        app.project.functions().bootError("hello", true);
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.FAILED);
        app.project.functions().bootError("hello", false);

        assertThat(app.deploy().outcome()).isEqualTo(Outcome.UNCHANGED);

        assertThat(drift()).isEmpty();
    }

    @Test
    void aSecretThatWasSetByHandIsAccepted() throws Exception {
        app.deploy();
        setByHand("STRIPE_KEY", "one-value");
        assertThat(drift()).extracting(Drift::subject).containsExactly("secret STRIPE_KEY");

        app.options = DeployOptions.DEFAULT.withAcceptDrift(true);
        app.deploy();

        assertThat(drift()).isEmpty();
    }

    private void setByHand(String name, String value) throws Exception {
        try (ManagementClient dashboard = new ManagementClient(
                app.environment(), app.access().accessToken(), app.log::add, ManagementOptions.DEFAULT)) {
            dashboard.setSecrets(Map.of(name, new SecretText(value)));
        }
    }
}
