package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.function.RestoreStep.Action;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.StandInFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FunctionRestoreTest extends FunctionFixture {
    @TempDir
    Path scratch;

    private List<RecordedFunction> record;
    private Map<String, String> before;
    private FunctionSnapshot snapshot;

    /** A release that changes a, leaves b, removes c and creates d. */
    @BeforeEach
    void deployed() throws Exception {
        write("_shared/cors.ts", "export const cors = 1;");
        write("a/index.ts", "import '../_shared/cors.ts';");
        write("a/deno.json", "{\"imports\": {}}");
        write("a/page.html", "<p>");
        configure("[functions.a]\nverify_jwt = false\nstatic_files = [\"./functions/a/page.html\"]\n");
        write("b/index.ts", "// b");
        write("c/index.ts", "// c");
        record = deploy(List.of()).record();
        before = state();
    }

    private Map<String, String> state() {
        return platform.live().stream()
                .collect(Collectors.toMap(
                        StandInFunction::slug, function -> function.ezbrSha256() + " " + function.verifyJwt()));
    }

    private void deployChanges() throws InterruptedException {
        write("a/index.ts", "// changed");
        configure("[functions.a]\nverify_jwt = true\n");
        write("d/index.ts", "// new");
        remove("c");
        FunctionPlan plan = plan(record, true);
        snapshot = FunctionSnapshot.of(FunctionSnapshot.take(client, plan, lines::add).toBytes());
        deployer().activate(deployer().bundle(plan));
        deployer().prune(plan);
        assertThat(live()).containsExactly("a", "b", "d");
    }

    private FunctionRestore restore(List<EdgeFunction> release, List<RecordedFunction> recorded)
            throws InterruptedException {
        return FunctionRestore.plan(snapshot, release, recorded, client.functions());
    }

    private FunctionRestoration run(FunctionRestore restore) throws InterruptedException {
        return restore.run(client, lines::add, scratch, SETTLING);
    }

    @Test
    void putsEverythingBackFromItsSources() throws Exception {
        deployChanges();
        standIn.requests().clear();

        FunctionRestore restore = restore(List.of(), record);
        assertThat(restore.steps())
                .containsExactly(
                        new RestoreStep("a", Action.RESTORE, "from the sources that ran before"),
                        new RestoreStep("c", Action.RESTORE, "from the sources that ran before"),
                        new RestoreStep("d", Action.DELETE, "it did not exist before"));
        FunctionRestoration done = run(restore);

        assertThat(state()).isEqualTo(before);
        assertThat(standIn.requests().count(ACTIVATE)).isEqualTo(1);
        assertThat(done.deleted()).containsExactly("d");
        assertThat(done.notes()).isEmpty();
        assertThat(done.record()).extracting(RecordedFunction::slug).containsExactly("a", "b", "c");
        assertThat(platform.liveFiles("a")).contains("supabase/functions/a/page.html");
    }

    @Test
    void theReleaseBeforeServesWhereItIsWhatRan() throws Exception {
        List<EdgeFunction> release = copyOfTheRelease();
        deployChanges();

        FunctionRestore restore = restore(release, record);

        assertThat(restore.steps().get(0))
                .isEqualTo(new RestoreStep("a", Action.RESTORE, "from the release that ran before"));
        FunctionRestoration done = run(restore);
        assertThat(state()).isEqualTo(before);
        assertThat(done.record()).extracting(RecordedFunction::sourceDigest).isEqualTo(
                record.stream().map(RecordedFunction::sourceDigest).toList());
    }

    @Test
    void aSettingThatTheReleaseDoesNotDeclareComesBackToo() throws Exception {
        List<EdgeFunction> release = copyOfTheRelease().stream()
                .map(function -> function.withVerifyJwt(null))
                .toList();
        deployChanges();

        run(restore(release, record));

        assertThat(platform.live("a").orElseThrow().verifyJwt()).isFalse();
        assertThat(state()).isEqualTo(before);
    }

    /** Its files stay while those of the folder change. */
    private List<EdgeFunction> copyOfTheRelease() throws Exception {
        FunctionSnapshot all = new FunctionSnapshot(new Downloads(client).keep(client.functions()), List.of());
        List<EdgeFunction> copy = all.kept().stream()
                .map(kept -> kept.unpack(kept.slug(), scratch.resolve("release-" + kept.slug())))
                .toList();
        assertThat(copy).extracting(RecordedFunction::digest).isEqualTo(
                record.stream().map(RecordedFunction::sourceDigest).toList());
        return copy;
    }

    @Test
    void whatSomebodyElseDeployedInBetweenComesBackToo() throws Exception {
        List<EdgeFunction> release = copyOfTheRelease();
        write("a/index.ts", "// a hot fix by hand");
        deploy(List.of());
        before = state();
        deployChanges();

        FunctionRestore restore = restore(release, record);

        assertThat(restore.steps().get(0).detail()).isEqualTo("from the sources that ran before");
        run(restore);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void runningItAgainFindsNothingToDo() throws Exception {
        deployChanges();
        run(restore(List.of(), record));
        standIn.requests().clear();

        FunctionRestore again = restore(List.of(), record);

        assertThat(again.steps()).extracting(RestoreStep::action).containsOnly(Action.NOTHING);
        assertThat(run(again).deleted()).isEmpty();
        assertThat(standIn.requests().lines()).hasSize(1);
    }

    @Test
    void saysByNameWhatCannotBeRestoredAndRestoresTheRest() throws Exception {
        platform.archiveOnly("a");
        deployChanges();

        FunctionRestore restore = restore(List.of(), record);

        assertThat(restore.warnings())
                .containsExactly("The edge function a cannot be restored, because the platform has it as an archive "
                        + "only, without source files: it stays as the deployment left it.");
        FunctionRestoration done = run(restore);
        assertThat(live()).containsExactly("a", "b", "c");
        assertThat(done.notes()).isEqualTo(restore.warnings());
        assertThat(done.record()).extracting(RecordedFunction::slug).containsExactly("b", "c");
    }

    @Test
    void activatesNoneWhenOneCannotBeBundledAgain() throws Exception {
        deployChanges();
        Map<String, String> bad = state();
        platform.rejectBundle("c", "no longer");

        assertThatThrownBy(() -> run(restore(List.of(), record)))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("c (no longer)");

        assertThat(state()).isEqualTo(bad);
        platform.acceptBundle("c");
        run(restore(List.of(), record));
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void finishesAfterAnInterruptionBetweenActivationAndDeletion() throws Exception {
        deployChanges();
        standIn.faults().always(DELETE, Fault.status(500));

        assertThatThrownBy(() -> run(restore(List.of(), record))).hasMessageContaining("d (");
        standIn.faults().clear();
        FunctionRestore again = restore(List.of(), record);
        assertThat(again.steps()).extracting(RestoreStep::action)
                .containsExactly(Action.NOTHING, Action.NOTHING, Action.DELETE);
        run(again);

        assertThat(state()).isEqualTo(before);
    }

    @Test
    void nothingIsRestoredThatTheDeploymentNeverReached() throws Exception {
        write("a/index.ts", "// changed");
        write("d/index.ts", "// new");
        snapshot = FunctionSnapshot.take(client, plan(record, false), lines::add);
        standIn.requests().clear();

        FunctionRestore restore = restore(List.of(), record);

        assertThat(restore.steps()).extracting(RestoreStep::action).containsOnly(Action.NOTHING);
        assertThat(run(restore).record()).isEqualTo(record);
    }
}
