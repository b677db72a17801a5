package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlueGreenDeploymentTest {
    @TempDir
    private Path workspace;

    private DeployFixture app;

    @BeforeEach
    void firstRelease() throws Exception {
        app = new DeployFixture(workspace);
        app.function("hello", "one").function("other", "one");
        app.healthy = true;
        app.options = DeployOptions.DEFAULT.withStrategy(Strategy.BLUE_GREEN);
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @AfterEach
    void close() {
        app.close();
    }

    private List<String> slugs() {
        return app.project.functions().live().stream().map(StandInFunction::slug).toList();
    }

    private String digest(String slug) {
        return app.project.functions().live(slug).orElseThrow().ezbrSha256();
    }

    @Test
    void theVersionBeforeRunsOnBeside() throws Exception {
        String before = digest("hello");
        app.function("hello", "two");

        DeployResult result = app.deploy();

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(slugs()).containsExactly("hello", "hello--previous", "other");
        assertThat(digest("hello")).isNotEqualTo(before);
        assertThat(app.log).anyMatch(line -> line.contains("hello--next"));
        assertThat(result.steps())
                .filteredOn(step -> step.kind().equals("functions"))
                .singleElement()
                .satisfies(step -> assertThat(step.detail()).contains("probed beside what ran", "--previous"));
    }

    @Test
    void aFunctionThatIsIllBesideIsNeverSwitchedTo() throws Exception {
        String before = digest("hello");
        app.function("hello", "two");
        app.project.functions().bootError("hello--next", true);

        DeployResult result = app.deploy();

        assertThat(result.succeeded()).isFalse();
        assertThat(result.message())
                .contains("none was switched to")
                .contains("hello--next")
                .contains("Nothing had to be put back");
        assertThat(slugs()).containsExactly("hello", "other");
        assertThat(digest("hello")).isEqualTo(before);
    }

    @Test
    void shadowsAreNoDriftAndNothingToDo() throws Exception {
        app.function("hello", "two");
        app.deploy();
        app.log.clear();

        DeployResult again = app.deploy();

        assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
        assertThat(app.log).noneMatch(line -> line.contains("drift:"));
    }

    @Test
    void aShadowThatWasLeftIsPlannedForDeletionAndGoneAfterTheNextDeploymentOfAnyStrategy() throws Exception {
        app.function("hello", "two");
        app.standIn.faults().always("DELETE /v1/projects/*/functions/hello--next", Fault.status(500));
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(slugs()).contains("hello--next");
        app.standIn.faults().clear();
        app.options = DeployOptions.DEFAULT;
        app.log.clear();

        DeployResult result = app.deploy();

        assertThat(result.outcome()).as(result.message()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(app.log).anyMatch(line -> line.contains("- hello--next") && line.contains("interrupted"));
        assertThat(slugs()).containsExactly("hello", "hello--previous", "other");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.UNCHANGED);
    }

    @Test
    void aShadowThatWasLeftIsDeletedOnce() throws Exception {
        String deletion = "DELETE /v1/projects/*/functions/other--next";
        app.function("other", "two");
        app.standIn.faults().always(deletion, Fault.status(500));
        app.deploy();
        app.standIn.faults().clear();
        int before = app.standIn.requests().count(deletion);
        app.function("hello", "two");

        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(slugs()).doesNotContain("other--next");
        assertThat(app.standIn.requests().count(deletion)).isEqualTo(before + 1);
    }

    @Test
    void aMigrationThatTakesAwayIsRefused() throws Exception {
        app.write("migrations/1_a.sql", "create table a (x int, y int);\nalter table a enable row level security;");
        assertThat(app.deploy().outcome()).isEqualTo(Outcome.SUCCEEDED);
        app.write("migrations/2_b.sql", "alter table a drop column y;");
        app.log.clear();

        app.plan();
        assertThat(app.log)
                .as("the plan says before that it would be")
                .anyMatch(line -> line.contains("REFUSED: A blue-green deployment wants migrations that only add"));
        assertThatThrownBy(() -> app.deploy())
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/migrations/2_b.sql line 1")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void findingsAreInThePlan() throws Exception {
        app.write("migrations/1_a.sql", "create table a (x int);");

        app.plan();

        assertThat(app.log).anyMatch(line -> line.contains("supabase/migrations/1_a.sql line 1"));
    }
}
