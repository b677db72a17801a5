package io.jenkins.plugins.supabase.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.testing.WebAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildRecordsTest {
    private static final String PLAN = PlanJson.write(Plans.of(1));

    @TempDir
    private Path folder;

    private TestRun run;
    private BuildRecords records;

    @BeforeEach
    void startABuild() {
        run = new TestRun(folder);
        records = new BuildRecords(run);
    }

    @Test
    void eachStepHasAPageOfItsOwn() throws IOException {
        assertThat(records.keepPlan("a", "staging", PLAN)).isEqualTo("supabase-plan");
        assertThat(records.keepPlan("b", "production", PLAN)).isEqualTo("supabase-plan-2");
        assertThat(records.keepPlan("c", "staging", PLAN)).isEqualTo("supabase-plan-3");

        assertThat(run.getActions(PlanPage.class))
                .extracting(PlanPage::getDisplayName)
                .containsExactly(
                        "Supabase plan: staging (1)", "Supabase plan: production", "Supabase plan: staging (3)");
    }

    @Test
    void aStepThatIsStartedAgainKeepsItsPage() throws IOException {
        records.keepPlan("a", "staging", PLAN);

        assertThat(records.keepPlan("a", "staging", PlanJson.write(Plans.empty()))).isEqualTo("supabase-plan");

        List<PlanPage> pages = run.getActions(PlanPage.class);
        assertThat(pages).singleElement().satisfies(page ->
                assertThat(page.getView().isNothingToDo()).isTrue());
    }

    @Test
    void planAndDeploymentOfOneOperationKnowEachOther() throws IOException {
        records.keepPlan("a", "staging", PLAN);
        records.keepPlan("b", "staging", PLAN);
        records.keepDeployment("b", DeploymentRecord.running("staging"));

        List<PlanPage> plans = run.getActions(PlanPage.class);
        DeploymentPage deployment = run.getActions(DeploymentPage.class).get(0);
        assertThat(plans.get(0).getDeployment()).isNull();
        assertThat(plans.get(1).getDeployment()).isSameAs(deployment);
        assertThat(deployment.getPlan()).isSameAs(plans.get(1));
    }

    @Test
    void rollbackIsCalledSo() throws IOException {
        records.keepRollbackPlan("a", "staging", "{}");
        records.keepDeployment("a", DeploymentRecord.running("staging"));
        records.keepPlan("b", "staging", PLAN);
        records.keepDeployment("b", DeploymentRecord.running("staging"));

        assertThat(run.getActions(DeploymentPage.class))
                .extracting(DeploymentPage::getDisplayName)
                .containsExactly("Supabase rollback: staging", "Supabase deployment: staging");
    }

    @Test
    void machinesGetTheRecordAndItsTagOnce() throws IOException {
        records.keepPlan("a", "staging", PLAN);
        PlanPage page = run.getActions(PlanPage.class).get(0);
        WebAnswer first = new WebAnswer();
        page.answer(null, first.response());

        assertThat(first.body()).isEqualTo(PLAN);
        assertThat(first.headers()).containsEntry("Content-Type", "application/json;charset=UTF-8");
        WebAnswer again = new WebAnswer();
        page.answer(first.headers().get("ETag"), again.response());
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        records.keepPlan("a", "staging", PlanJson.write(Plans.empty()));
        WebAnswer changed = new WebAnswer();
        page.answer(first.headers().get("ETag"), changed.response());
        assertThat(changed.status()).isEqualTo(200);
        Files.delete(folder.resolve("supabase-delivery/supabase-plan.json"));
        WebAnswer gone = new WebAnswer();
        page.answer(null, gone.response());
        assertThat(gone.status()).isEqualTo(404);
    }

    @Test
    void deletedOrUnreadableRecordLeavesAPageWithoutView() throws IOException {
        records.keepPlan("a", "staging", PLAN);
        PlanPage page = run.getActions(PlanPage.class).get(0);
        Path file = folder.resolve("supabase-delivery/supabase-plan.json");

        Files.writeString(file, "{\"formatVersion\": 99}");
        assertThat(page.getView()).isNull();
        Files.writeString(file, "half a rec");
        assertThat(page.getView()).isNull();
        Files.delete(file);
        assertThat(page.getView()).isNull();
        assertThat(page.getDisplayName()).isEqualTo("Supabase plan: staging");
    }
}
