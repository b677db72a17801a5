package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FunctionSnapshotTest extends FunctionFixture {
    private List<RecordedFunction> record;

    @BeforeEach
    void deployed() throws Exception {
        write("_shared/cors.ts", "export const cors = 1;");
        write("a/index.ts", "import '../_shared/cors.ts'; // ä\n");
        write("a/deno.json", "{\"imports\": {}}");
        write("a/page.html", "<p>");
        configure("[functions.a]\nverify_jwt = false\nstatic_files = [\"./functions/a/*.html\"]\n");
        write("b/index.ts", "// b");
        write("c/index.ts", "// c");
        record = deploy(List.of()).record();
    }

    private FunctionSnapshot take(boolean prune) throws InterruptedException {
        return FunctionSnapshot.take(client, plan(record, prune), lines::add);
    }

    @Test
    void keepsWhatWillBeReplacedOrRemovedAndRemembersWhatIsNew() throws Exception {
        write("a/index.ts", "// changed");
        write("d/index.ts", "// new");
        remove("c");
        standIn.requests().clear();

        FunctionSnapshot snapshot = take(true);

        assertThat(standIn.requests().count(BODY)).isEqualTo(2);
        assertThat(snapshot.kept()).extracting(KeptFunction::slug).containsExactly("a", "c");
        assertThat(snapshot.created()).containsExactly("d");
        assertThat(snapshot.notRestorable()).isEmpty();
        OriginalSources a = snapshot.find("a").orElseThrow().sources();
        assertThat(a.entrypoint()).isEqualTo("supabase/functions/a/index.ts");
        assertThat(a.importMap()).isEqualTo("supabase/functions/a/deno.json");
        assertThat(a.staticFiles()).containsExactly("supabase/functions/a/page.html");
        assertThat(new String(a.files().get("supabase/functions/a/index.ts"), StandardCharsets.UTF_8))
                .isEqualTo("import '../_shared/cors.ts'; // ä\n");
        assertThat(lines).last().isEqualTo("Kept 2 edge functions for a rollback.");
    }

    @Test
    void anUnchangedDeploymentNeedsNone() throws Exception {
        FunctionPlan plan = plan(record, true);
        standIn.requests().clear();

        assertThat(FunctionSnapshot.take(client, plan, lines::add).kept()).isEmpty();
        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void afterBundlingOnlyWhatReallyDiffersIsKept() throws Exception {
        write("b/index.ts", "// changed");
        FunctionBundles bundles = deployer().bundle(plan(List.of(), false));

        FunctionSnapshot snapshot = FunctionSnapshot.take(client, bundles, lines::add);

        assertThat(snapshot.kept()).extracting(KeptFunction::slug).containsExactly("b");
    }

    @Test
    void isStoredInAFormThatOthersReadToo() throws Exception {
        write("a/index.ts", "// changed");
        write("d/index.ts", "// new");
        platform.archiveOnly("c");
        write("c/index.ts", "// changed");
        FunctionSnapshot snapshot = take(false);

        byte[] bytes = snapshot.toBytes();

        Map<String, String> entries = unzip(bytes);
        assertThat(entries)
                .containsOnlyKeys(
                        "functions.json",
                        "a/supabase/functions/_shared/cors.ts",
                        "a/supabase/functions/a/deno.json",
                        "a/supabase/functions/a/index.ts",
                        "a/supabase/functions/a/page.html")
                .containsEntry("a/supabase/functions/a/page.html", "<p>");
        FunctionSnapshot read = FunctionSnapshot.of(bytes);
        assertThat(read.created()).containsExactly("d");
        assertThat(read.notRestorable()).isEqualTo(snapshot.notRestorable());
        assertThat(read.find("a").orElseThrow().metadata()).isEqualTo(snapshot.find("a").orElseThrow().metadata());
        assertThat(read.toBytes()).isEqualTo(bytes);
    }

    @Test
    void namesThatPointElsewhereAreKeptUnderNumbers() {
        FunctionSnapshot snapshot = new FunctionSnapshot(
                List.of(new KeptFunction(
                        listed().get(0),
                        new OriginalSources(
                                "index.ts", null, new TreeMap<>(Map.of("index.ts", b("i"), "../x/.env", b("e")))),
                        null)),
                List.of());

        assertThat(unzip(snapshot.toBytes())).containsOnlyKeys("functions.json", "a/%0", "a/index.ts");
        assertThat(FunctionSnapshot.of(snapshot.toBytes()).find("a").orElseThrow().sources().files())
                .containsEntry("../x/.env", b("e"));
    }

    private List<DeployedFunction> listed() {
        try {
            return client.functions();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] b(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> unzip(byte[] bytes) {
        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return entries;
    }

    @Test
    void saysWhatItCannotKeepAndWhy() throws Exception {
        write("a/index.ts", "// changed");
        write("b/index.ts", "// changed");
        write("c/index.ts", "// changed");
        platform.archiveOnly("a");
        standIn.faults()
                .always("GET /v1/projects/*/functions/b/body", Fault.status(500, "Failed to retrieve function body"));

        FunctionSnapshot snapshot = take(false);

        assertThat(snapshot.notRestorable()).containsOnlyKeys("a", "b");
        assertThat(lines)
                .contains(
                        "Kept 1 edge function for a rollback.",
                        "The edge function a cannot be restored from a snapshot, because the platform has it as an "
                                + "archive only, without source files.",
                        "The edge function b cannot be restored from a snapshot, because its source files did not "
                                + "come: Failed to retrieve function body.");
    }

    @Test
    void aSnapshotHasABound() throws Exception {
        List<KeptFunction> kept = new Downloads(client, 60).keep(client.functions());

        assertThat(kept.get(0).sources()).isNull();
        assertThat(kept.get(0).missing())
                .matches("its source files of 7\\d bytes would make the snapshot larger than.*");
        assertThat(kept.get(1).sources()).isNotNull();
        assertThat(kept.get(2).sources()).isNotNull();
    }

    @Test
    void withoutThePermissionThereIsNoDeploymentWithoutAWayBack() throws Exception {
        write("a/index.ts", "// changed");
        FunctionPlan plan = plan(record, false);
        standIn.faults().always(BODY, Fault.forbidden("edge_functions_read"));

        assertThatThrownBy(() -> FunctionSnapshot.take(client, plan, lines::add))
                .isInstanceOf(ManagementException.class)
                .hasMessageContaining("edge_functions_read");
    }

    @Test
    void bytesOfSomethingElseAreRefused() {
        assertThatThrownBy(() -> FunctionSnapshot.of(b("nonsense")))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("Nothing was changed");
    }
}
