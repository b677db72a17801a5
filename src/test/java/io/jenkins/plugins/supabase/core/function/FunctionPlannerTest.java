package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.function.FunctionChange.Kind;
import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FunctionPlannerTest extends FunctionFixture {
    @BeforeEach
    void threeFunctions() {
        write("a/index.ts", "// a");
        write("b/index.ts", "// b");
        write("c/index.ts", "// c");
    }

    private List<Kind> kinds(FunctionPlan plan) {
        return plan.changes().stream().map(FunctionChange::kind).toList();
    }

    private FunctionChange change(FunctionPlan plan, String slug) {
        return plan.changes().stream()
                .filter(change -> change.slug().equals(slug))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFirstPlanSaysWhatIsNew() throws Exception {
        FunctionPlan plan = plan(List.of(), false);

        assertThat(kinds(plan)).containsExactly(Kind.NEW, Kind.NEW, Kind.NEW);
        assertThat(plan.changes()).extracting(FunctionChange::slug).containsExactly("a", "b", "c");
        assertThat(plan.changes()).allMatch(change -> change.reasons().isEmpty() && change.liveVersion() == null);
        assertThat(change(plan, "a").files()).isEqualTo(1);
        assertThat(change(plan, "a").bytes()).isEqualTo(4);
        assertThat(change(plan, "a").digest()).matches("[0-9a-f]{64}");
        assertThat(plan.changedOutside()).isEmpty();
    }

    @Test
    void anUnchangedDeploymentCostsTheListAlone() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        standIn.requests().clear();
        int before = client.calls();

        FunctionDeployment again = deploy(record);

        assertThat(client.calls() - before).isEqualTo(1);
        assertThat(standIn.requests().lines()).containsExactly("GET /v1/projects/" + REF + "/functions");
        assertThat(again.outcomes())
                .allMatch(outcome -> outcome.change() == Change.UNCHANGED && outcome.version() == 1);
        assertThat(again.record()).isEqualTo(record);
        assertThat(lines).last().isEqualTo("3 edge functions unchanged.");
    }

    @Test
    void onlyWhatChangedIsUploaded() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        write("b/index.ts", "// changed");
        standIn.requests().clear();

        FunctionPlan plan = plan(record, false);
        assertThat(kinds(plan)).containsExactly(Kind.UNCHANGED, Kind.CHANGED, Kind.UNCHANGED);
        assertThat(change(plan, "b").reasons()).containsExactly("source");
        assertThat(change(plan, "b").liveVersion()).isEqualTo(1);
        FunctionDeployment deployment = deployer().activate(deployer().bundle(plan));

        assertThat(standIn.requests().count(BUNDLE)).isEqualTo(1);
        assertThat(deployment.record()).extracting(RecordedFunction::version).containsExactly(1, 2, 1);
        assertThat(kinds(plan(deployment.record(), false))).containsOnly(Kind.UNCHANGED);
    }

    @Test
    void aSettingIsAReasonOfItsOwn() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        configure("[functions.a]\nverify_jwt = false\n");

        FunctionPlan plan = plan(record, false);

        assertThat(change(plan, "a").reasons()).containsExactly("verify_jwt");
        record = deployer().activate(deployer().bundle(plan)).record();
        assertThat(record.get(0).verifyJwt()).isFalse();
        assertThat(platform.live("a").orElseThrow().verifyJwt()).isFalse();
        assertThat(kinds(plan(record, false))).containsOnly(Kind.UNCHANGED);

        configure("");
        assertThat(kinds(plan(record, false))).as("undeclared: stays as it is").containsOnly(Kind.UNCHANGED);
    }

    @Test
    void withoutARecordABundleTells() throws Exception {
        deploy(List.of());
        FunctionPlan plan = plan(List.of(), false);

        assertThat(plan.changes())
                .allMatch(change -> change.kind() == Kind.CHANGED
                        && change.reasons().equals(List.of("not deployed by this plugin yet")));
        standIn.requests().clear();
        FunctionDeployment deployment = deployer().activate(deployer().bundle(plan));

        assertThat(standIn.requests().count(BUNDLE)).isEqualTo(3);
        assertThat(standIn.requests().count(ACTIVATE)).isZero();
        assertThat(deployment.outcomes()).allMatch(outcome -> outcome.change() == Change.UNCHANGED);
        assertThat(kinds(plan(deployment.record(), false))).containsOnly(Kind.UNCHANGED);
    }

    @Test
    void saysWhatSomebodyElseDeployedOrDeletedSince() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        write("a/index.ts", "// somebody else's");
        deploy(List.of());
        write("a/index.ts", "// a");
        client.deleteFunction("b");

        FunctionPlan plan = plan(record, false);

        assertThat(plan.changedOutside())
                .containsExactly(
                        new FunctionDrift("a", "Version 2 runs, the last deployment left version 1."),
                        new FunctionDrift("b", "It was deleted; the last deployment left version 1."));
        assertThat(change(plan, "a").reasons()).containsExactly("deployed by other ways since");
        assertThat(kinds(plan)).containsExactly(Kind.CHANGED, Kind.NEW, Kind.UNCHANGED);
        record = deployer().activate(deployer().bundle(plan)).record();
        assertThat(plan(record, false).changedOutside()).isEmpty();
        assertThat(kinds(plan(record, false))).containsOnly(Kind.UNCHANGED);
    }

    @Test
    void saysWhichSettingSomebodyElseChanged() throws Exception {
        configure("[functions.a]\nverify_jwt = true\n");
        RecordedFunction left = deploy(List.of()).record().get(0);
        RecordedFunction open = new RecordedFunction("a", left.sourceDigest(), 1, left.ezbrSha256(), false);
        RecordedFunction other = new RecordedFunction("a", left.sourceDigest(), 1, "0".repeat(64), true);

        assertThat(plan(List.of(open), false).changedOutside())
                .containsExactly(new FunctionDrift("a", "Its verify_jwt is true, the last deployment left false."));
        assertThat(plan(List.of(other), false).changedOutside())
                .extracting(FunctionDrift::detail)
                .containsExactly("Another bundle runs as version 1 than the last deployment left.");
    }

    @Test
    void whatIsNotInTheReleaseStaysUnlessPruned() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        remove("c");

        assertThat(kinds(plan(record, false))).containsExactly(Kind.UNCHANGED, Kind.UNCHANGED, Kind.EXTRA);
        FunctionPlan plan = plan(record, true);
        assertThat(kinds(plan)).containsExactly(Kind.UNCHANGED, Kind.UNCHANGED, Kind.REMOVE);
        assertThat(change(plan, "c").digest()).isNull();
        deployer().activate(deployer().bundle(plan));
        assertThat(live()).as("activation deletes nothing").containsExactly("a", "b", "c");

        assertThat(deployer().prune(plan)).containsExactly("c");
        assertThat(live()).containsExactly("a", "b");
        assertThat(deployer().prune(plan)).as("gone already").containsExactly("c");
        assertThat(lines).contains("Deleted the edge function c.", "The edge function c was gone already.");
    }

    @Test
    void neverPrunesWhatConfigOnlySwitchesOff() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        configure("[functions.c]\nenabled = false\n");

        FunctionPlan plan = plan(record, true);

        assertThat(change(plan, "c").kind()).isEqualTo(Kind.EXTRA);
        assertThat(change(plan, "c").reasons()).containsExactly("enabled = false in config.toml");
    }

    @Test
    void aShadowThatWasLeftIsDeletedAndAVersionBeforeIsNobodysFunction() throws Exception {
        write("a--next/index.ts", "// next");
        write("a--previous/index.ts", "// previous");
        deploy(List.of());
        remove("a--next");
        remove("a--previous");

        FunctionPlan plan = plan(List.of(), true);

        assertThat(plan.changes()).extracting(FunctionChange::slug).containsExactly("a", "a--next", "b", "c");
        assertThat(change(plan, "a--next").kind()).isEqualTo(Kind.LEFT_BEHIND);
        assertThat(plan.toRemove()).isEmpty();
        assertThat(plan.leftBehind()).containsExactly("a--next");
    }

    @Test
    void namesWhatCouldNotBeDeletedAndDeletesTheRest() throws Exception {
        List<RecordedFunction> record = deploy(List.of()).record();
        remove("a");
        remove("b");
        standIn.faults().always("DELETE /v1/projects/*/functions/a", Fault.status(500, "Failed to delete function"));

        FunctionPlan plan = plan(record, true);

        assertThatThrownBy(() -> deployer().prune(plan))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("1 of 2 edge functions could not be deleted")
                .hasMessageContaining("a (Failed to delete function)")
                .hasMessageContaining("Deploy again");
        assertThat(live()).containsExactly("a", "c");
    }

    @Test
    void whatThePlatformListsAsRemovedDoesNotRun() throws Exception {
        deploy(List.of());
        platform.status("a", "REMOVED");
        platform.status("b", "THROTTLED");
        remove("c");
        platform.status("c", "REMOVED");

        FunctionPlan plan = plan(List.of(), true);

        assertThat(plan.changes()).extracting(FunctionChange::slug).containsExactly("a", "b");
        assertThat(change(plan, "a").kind()).isEqualTo(Kind.NEW);
        assertThat(change(plan, "b").reasons()).contains("status THROTTLED");
    }
}
