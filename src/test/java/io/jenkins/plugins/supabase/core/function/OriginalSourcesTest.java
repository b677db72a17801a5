package io.jenkins.plugins.supabase.core.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.management.DeployedFunction;
import io.jenkins.plugins.supabase.core.management.FunctionSources;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The forms that the Supabase CLI's source and its tests of {@code functions download} know. */
class OriginalSourcesTest {
    private static final String FOLDER = "file:///tmp/user_fn_abcdefghijklmnopqrst_1_2/source/";

    private static DeployedFunction live(String entrypoint, String importMap) {
        return new DeployedFunction(
                "1", "x", "x", "ACTIVE", 2, true, importMap != null, entrypoint, importMap, "ab", 1L);
    }

    private static FunctionSources downloaded(String entrypoint, String... names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, name.getBytes());
        }
        return new FunctionSources(entrypoint, files);
    }

    @Test
    void namesAsTheyWereUploaded() throws Exception {
        OriginalSources sources = OriginalSources.of(
                live(FOLDER + "supabase/functions/x/index.ts", FOLDER + "supabase/functions/x/deno.json"),
                downloaded(
                        null,
                        "supabase/functions/x/index.ts",
                        "supabase/functions/x/deno.json",
                        "supabase/functions/_shared/a.ts",
                        "supabase/functions/x/page.html"));

        assertThat(sources.entrypoint()).isEqualTo("supabase/functions/x/index.ts");
        assertThat(sources.importMap()).isEqualTo("supabase/functions/x/deno.json");
        assertThat(sources.staticFiles()).containsExactly("supabase/functions/x/page.html");
        assertThat(sources.files()).hasSize(4);
    }

    @Test
    void namesBelowThePlatformsSourceFolder() throws Exception {
        OriginalSources sources = OriginalSources.of(
                live(null, null), downloaded("source/index.ts", "source/index.ts", "source/lib/u.ts"));

        assertThat(sources.entrypoint()).isEqualTo("index.ts");
        assertThat(sources.files()).containsOnlyKeys("index.ts", "lib/u.ts");
    }

    @Test
    void absoluteNames() throws Exception {
        OriginalSources sources = OriginalSources.of(
                live(FOLDER + "index.ts", FOLDER + "import_map.json"),
                downloaded(
                        null,
                        "/tmp/user_fn_abcdefghijklmnopqrst_1_2/source/index.ts",
                        "/tmp/user_fn_abcdefghijklmnopqrst_1_2/source/import_map.json"));

        assertThat(sources.entrypoint()).isEqualTo("index.ts");
        assertThat(sources.importMap()).isEqualTo("import_map.json");
    }

    @Test
    void aFileOutsideOfTheSourceFolderKeepsAllNamesAsTheyAre() throws Exception {
        OriginalSources sources = OriginalSources.of(
                live("file:///source/index.ts", null), downloaded(null, "source/index.ts", "../other.ts"));

        assertThat(sources.entrypoint()).isEqualTo("source/index.ts");
        assertThat(sources.files()).containsOnlyKeys("../other.ts", "source/index.ts");
    }

    @Test
    void whatWouldMakeAnotherBundleIsSaid() {
        assertThatThrownBy(() -> OriginalSources.of(live(null, null), downloaded(null, "index.ts")))
                .hasMessage("its entry point is not among the source files that come back");
        assertThatThrownBy(() -> OriginalSources.of(live("file:///a/main.ts", null), downloaded(null, "index.ts")))
                .hasMessage("its entry point is not among the source files that come back");
        assertThatThrownBy(() -> OriginalSources.of(
                        live(FOLDER + "index.ts", FOLDER + "deno.json"), downloaded(null, "index.ts")))
                .hasMessage("its import map is not among the source files that come back");
        assertThatThrownBy(() -> OriginalSources.of(live(FOLDER + "index.ts", null), downloaded(null)))
                .hasMessage("the platform gives back no source files");
    }
}
