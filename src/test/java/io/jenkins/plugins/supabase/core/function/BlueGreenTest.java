package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.function.FunctionOutcome.Change;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
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
class BlueGreenTest extends FunctionFixture {
    @TempDir
    Path scratch;

    private List<RecordedFunction> record;
    private Map<String, String> before;

    /** A release that changes a, leaves b and creates d. */
    @BeforeEach
    void deployed() throws Exception {
        write("_shared/cors.ts", "export const cors = 1;");
        write("a/index.ts", "import '../_shared/cors.ts';");
        write("a/deno.json", "{\"imports\": {}}");
        write("a/page.html", "<p>");
        write("b/index.ts", "// b");
        configure("[functions.a]\nverify_jwt = false\nstatic_files = [\"./functions/a/page.html\"]\n");
        record = deploy(List.of()).record();
        before = state();
        write("a/index.ts", "import '../_shared/cors.ts'; // changed");
        write("d/index.ts", "// new");
    }

    private Map<String, String> state() {
        return platform.live().stream()
                .filter(function -> !function.slug().contains("--"))
                .collect(Collectors.toMap(
                        StandInFunction::slug, function -> function.ezbrSha256() + " " + function.verifyJwt()));
    }

    private BlueGreen blueGreen() {
        return new BlueGreen(client, lines::add, SETTLING);
    }

    private StagedFunctions stage() throws InterruptedException {
        return blueGreen().stage(deployer().bundle(plan(record, false)));
    }

    private FunctionDeployment deployBlueGreen() throws InterruptedException {
        FunctionBundles bundles = deployer().bundle(plan(record, false));
        FunctionSnapshot snapshot = FunctionSnapshot.take(client, bundles, lines::add);
        return blueGreen().switchOver(blueGreen().stage(bundles), snapshot, scratch.resolve("over"));
    }

    @Test
    void runsWhatDiffersBesideWhatIsCalled() throws Exception {
        StagedFunctions staged = stage();

        assertThat(staged.shadows()).containsExactly(Map.entry("a", "a--next"), Map.entry("d", "d--next"));
        assertThat(live()).containsExactly("a", "a--next", "b", "d--next");
        assertThat(state()).isEqualTo(before);
        assertThat(platform.live("a--next").orElseThrow().verifyJwt()).isFalse();
        assertThat(platform.live("a--next").orElseThrow().importMapPath()).endsWith("supabase/functions/a/deno.json");
        assertThat(platform.liveFiles("a--next"))
                .containsExactly(
                        "supabase/functions/_shared/cors.ts",
                        "supabase/functions/a/deno.json",
                        "supabase/functions/a/index.ts",
                        "supabase/functions/a/page.html");
    }

    @Test
    void aSettingThatConfigDoesNotDeclareIsCarriedOver() throws Exception {
        configure("");
        stage();

        assertThat(platform.live("a--next").orElseThrow().verifyJwt()).isFalse();
        assertThat(platform.live("d--next").orElseThrow().verifyJwt()).isTrue();
    }

    @Test
    void switchesAllInOneCallAndKeepsTheVersionsBefore() throws Exception {
        FunctionBundles bundles = deployer().bundle(plan(record, false));
        FunctionSnapshot snapshot = FunctionSnapshot.take(client, bundles, lines::add);
        StagedFunctions staged = blueGreen().stage(bundles);
        standIn.requests().clear();

        FunctionDeployment done = blueGreen().switchOver(staged, snapshot, scratch);

        assertThat(standIn.requests().count(ACTIVATE)).isEqualTo(1);
        assertThat(live()).containsExactly("a", "a--previous", "b", "d");
        assertThat(platform.live("a").orElseThrow().version()).isEqualTo(2);
        assertThat(platform.live("a--previous").orElseThrow().verifyJwt()).isFalse();
        assertThat(platform.liveFiles("a--previous")).contains("supabase/functions/a/page.html");
        assertThat(done.outcomes())
                .extracting(FunctionOutcome::change)
                .containsExactly(Change.CHANGED, Change.UNCHANGED, Change.NEW);
        assertThat(plan(done.record(), true).changes())
                .as("shadows are nobody's functions")
                .allMatch(change -> change.kind() == FunctionChange.Kind.UNCHANGED)
                .hasSize(3);
        assertThat(plan(done.record(), true).changedOutside()).isEmpty();
    }

    @Test
    void onlyTheLastVersionsBeforeStay() throws Exception {
        record = deployBlueGreen().record();
        write("b/index.ts", "// changed");

        record = deployBlueGreen().record();

        assertThat(live()).containsExactly("a", "b", "b--previous", "d");
    }

    @Test
    void withoutAChangeNothingIsCalled() throws Exception {
        record = deployBlueGreen().record();
        standIn.requests().clear();

        FunctionDeployment again = deployBlueGreen();

        assertThat(again.record()).isEqualTo(record);
        assertThat(standIn.requests().lines()).hasSize(1);
        assertThat(live()).contains("a--previous");
    }

    @Test
    void abandonsWhatTheProbesRefused() throws Exception {
        blueGreen().abandon(stage());

        assertThat(live()).containsExactly("a", "b");
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void stagesNoneWhenOneShadowIsRefusedAndLeavesNone() throws Exception {
        platform.rejectBundle("d--next", "Maximum number of functions reached for Plan");

        assertThatThrownBy(this::stage)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("d--next (Maximum number of functions reached for Plan)");

        assertThat(live()).containsExactly("a", "b");
    }

    @Test
    void deletesShadowsOfWhichSomeDidNotGoLive() throws Exception {
        platform.loseActivation("d--next", 1);

        assertThatThrownBy(this::stage).hasMessageContaining("d--next (not listed)");

        assertThat(live()).containsExactly("a", "b");
    }

    @Test
    void deletesWhatAnInterruptedRunHasLeft() throws Exception {
        stage();
        write("gone--previous/index.ts", "// its function was deleted");
        write("old--next/index.ts", "// its function was deleted");
        deployer().activate(deployer().bundle(project().functions().stream()
                .filter(function -> function.slug().contains("--"))
                .toList()));
        remove("gone--previous");
        remove("old--next");

        deployBlueGreen();

        assertThat(live()).containsExactly("a", "a--previous", "b", "d");
    }

    @Test
    void saysOfWhichNoVersionIsKeptBeside() throws Exception {
        platform.archiveOnly("a");

        deployBlueGreen();

        assertThat(live()).containsExactly("a", "b", "d");
        assertThat(lines).contains("The edge function a has no a--previous beside it, because the platform has it as an "
                + "archive only, without source files.");
    }

    @Test
    void anOldVersionThatNoLongerBundlesDoesNotKeepTheNewOne() throws Exception {
        platform.rejectBundle("a--previous", "a package is gone");

        deployBlueGreen();

        assertThat(live()).containsExactly("a", "b", "d");
        assertThat(lines).contains("The edge function a has no a--previous beside it, because the platform does not "
                + "bundle it any more: a package is gone.");
    }

    @Test
    void aShadowThatCannotBeDeletedIsAWarning() throws Exception {
        standIn.faults().always("DELETE /v1/projects/*/functions/a--next", Fault.status(500));

        deployBlueGreen();

        assertThat(live()).containsExactly("a", "a--next", "a--previous", "b", "d");
        assertThat(lines).anyMatch(line -> line.startsWith("WARNING: 1 of 2 edge functions could not be deleted"));
    }

    @Test
    void aReleaseWithAShadowsNameIsRefused() throws Exception {
        write("x--next/index.ts", "// a function of the application");

        assertThatThrownBy(this::stage)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("because x--next ends with --next or --previous")
                .hasMessageContaining("What runs is as it was");
        assertThat(live()).containsExactly("a", "b");
        remove("x--next");
        write("y".repeat(246) + "/index.ts", "// a long name");
        assertThatThrownBy(this::stage).hasMessageContaining("longer than 255 characters with --previous behind it");
    }
}
