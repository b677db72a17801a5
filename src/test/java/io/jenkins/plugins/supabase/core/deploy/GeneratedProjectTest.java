package io.jenkins.plugins.supabase.core.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.deploy.DeployResult.Outcome;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.testing.GeneratedProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** 300 migrations, 40 functions, every section of config.toml. */
class GeneratedProjectTest {
    private static final int MIGRATIONS = 300;
    private static final int FUNCTIONS = 40;
    private static final int MOST_CALLS = 8;

    @TempDir
    private Path workspace;

    @Test
    void isPlannedDeployedAndLeftAloneAgain() throws Exception {
        try (DeployFixture app = new DeployFixture(workspace)) {
            GeneratedProject project = GeneratedProject.write(workspace.resolve("app"), MIGRATIONS, FUNCTIONS);
            Plan plan = PlanJson.read(app.plan().planJson());
            assertThat(plan.migrations()).hasSize(MIGRATIONS);
            assertThat(plan.functions()).hasSize(FUNCTIONS);
            assertThat(plan.config()).extracting(change -> change.section()).contains(
                    "api", "auth", "storage", "database", "pooler");

            DeployResult first = app.deploy();
            assertThat(first.outcome()).as(first.message()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(first.migrations()).hasSize(MIGRATIONS);

            DeployResult again = app.deploy();
            assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(again.functions()).hasSize(FUNCTIONS);
            assertThat(again.apiCalls()).isLessThanOrEqualTo(MOST_CALLS);

            project.change(MIGRATIONS, FUNCTIONS);
            DeployResult second = app.deploy();
            assertThat(second.outcome()).as(second.message()).isEqualTo(Outcome.SUCCEEDED);
            assertThat(second.migrations()).hasSize(2);
            assertThat(second.functions())
                    .filteredOn(function -> function.change() == FunctionOutcome.Change.CHANGED)
                    .hasSize(FUNCTIONS / 2);
            assertThat(PlanJson.read(app.plan().planJson()).isEmpty()).isTrue();
        }
    }
}
