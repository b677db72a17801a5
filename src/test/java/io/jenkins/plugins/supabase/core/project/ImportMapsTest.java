package io.jenkins.plugins.supabase.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportMapsTest {
    @TempDir
    Path directory;

    ProjectOnDisk project;

    @BeforeEach
    void emptyProject() {
        project = new ProjectOnDisk(directory);
    }

    private List<String> files() {
        return project.function("a").files().stream()
                .map(file -> file.name().replace("supabase/functions/", ""))
                .toList();
    }

    @Test
    void ofDenoJsonResolveExactNamesAndPrefixes() {
        project.with("supabase/functions/a/deno.json", """
                        {"imports": {
                          "lib": "./lib.ts", "@shared/": "../_shared/", "@shared/special/": "./special/",
                          "remote": "npm:remote", "@std/": "jsr:/@std/", "unused": "./unused.ts"}}
                        """)
                .with("supabase/functions/a/index.ts", """
                        import "lib"; import "remote"; import "@std/x.ts"; import "libx";
                        import "@shared/one.ts"; import "@shared/special/two.ts";
                        """)
                .with("supabase/functions/a/lib.ts", "")
                .with("supabase/functions/a/unused.ts", "")
                .with("supabase/functions/a/special/two.ts", "")
                .with("supabase/functions/_shared/one.ts", "import 'lib'")
                .with("supabase/functions/_shared/.env", "SECRET=1");

        assertThat(project.function("a").importMapPath()).isEqualTo("supabase/functions/a/deno.json");
        assertThat(files())
                .containsExactly("_shared/one.ts", "a/deno.json", "a/index.ts", "a/lib.ts", "a/special/two.ts");
    }

    @Test
    void ofDenoJsoncMayHaveCommentsAndTrailingCommas() {
        project.with("supabase/functions/a/deno.jsonc", "{ // comment\n \"imports\": { /* x */ \"b\": \"./b.ts\", }, }")
                .with("supabase/functions/a/index.ts", "import 'b'")
                .with("supabase/functions/a/b.ts", "");

        assertThat(files()).containsExactly("a/b.ts", "a/deno.jsonc", "a/index.ts");
    }

    @Test
    void mayReplaceRelativeSpecifiers() {
        project.with("supabase/functions/a/deno.json", "{\"imports\": {\"./b.ts\": \"./mock.ts\", \"/\": \"./\"}}")
                .with("supabase/functions/a/index.ts", "import './b.ts'; import '/rooted.ts'")
                .with("supabase/functions/a/mock.ts", "")
                .with("supabase/functions/a/rooted.ts", "");

        assertThat(files()).containsExactly("a/deno.json", "a/index.ts", "a/mock.ts", "a/rooted.ts");
    }

    @Test
    void mayHaveScopes() {
        project.with("supabase/functions/a/deno.json", """
                        {"imports": {"x": "./x.ts"}, "scopes": {"./inner/": {"x": "./inner-x.ts"}}}
                        """)
                .with("supabase/functions/a/index.ts", "import 'x'; import './inner/y.ts'")
                .with("supabase/functions/a/inner/y.ts", "import 'x'")
                .with("supabase/functions/a/x.ts", "")
                .with("supabase/functions/a/inner-x.ts", "");

        assertThat(files()).containsExactly("a/deno.json", "a/index.ts", "a/inner-x.ts", "a/inner/y.ts", "a/x.ts");
    }

    @Test
    void mayBeInAFileThatDenoJsonNames() {
        project.with("supabase/functions/a/deno.json", "{\"importMap\": \"../maps/m.json\"}")
                .with("supabase/functions/maps/m.json", "{\"imports\": {\"b\": \"../a/b.ts\"}}")
                .with("supabase/functions/maps/index.ts", "")
                .with("supabase/functions/a/index.ts", "import 'b'")
                .with("supabase/functions/a/b.ts", "");

        assertThat(project.function("a").importMapPath()).isEqualTo("supabase/functions/a/deno.json");
        assertThat(files()).containsExactly("a/b.ts", "a/deno.json", "a/index.ts", "maps/m.json");
    }

    @Test
    void areTakenFromConfigThenBesideTheEntryPointThenShared() {
        project.with("supabase/functions/import_map.json", "{}").withFunction("a");
        assertThat(project.function("a").importMapPath()).isEqualTo("supabase/functions/import_map.json");

        project.with("supabase/functions/a/deno.json", "{}");
        assertThat(project.function("a").importMapPath()).isEqualTo("supabase/functions/a/deno.json");

        project.with("supabase/maps/a.json", "{}")
                .with("supabase/config.toml", "[functions.a]\nimport_map = \"./maps/a.json\"\n");
        assertThat(project.function("a").importMapPath()).isEqualTo("supabase/maps/a.json");
        assertThat(files()).containsExactly("a/index.ts", "supabase/maps/a.json");
    }

    @Test
    void thatLeadOutsideAreRefusedWhereTheyAreUsed() {
        project.with("lib/x.ts", "")
                .with("supabase/functions/a/deno.json", "{\"imports\": {\"@lib/\": \"../../../lib/\"}}")
                .with("supabase/functions/a/index.ts", "");
        assertThat(files()).containsExactly("a/deno.json", "a/index.ts");

        project.with("supabase/functions/a/index.ts", "\nimport '@lib/x.ts'");
        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/functions/a/index.ts line 2 imports \"@lib/x.ts\"")
                .hasMessageContaining("outside supabase/functions");
    }

    @Test
    void thatAreNoJsonAreRefusedWithLineAndColumn() {
        project.withFunction("a").with("supabase/functions/a/deno.json", "{\n  \"imports\": [}\n");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/functions/a/deno.json does not parse: line 2, column 15");
    }

    @Test
    void ofTheWrongShapeAreRefused() {
        project.withFunction("a").with("supabase/functions/a/deno.json", "{\"imports\": [\"b\"]}");

        assertThatThrownBy(project::read).hasMessageContaining("supabase/functions/a/deno.json must be a JSON object");
    }

    @Test
    void declaredButMissingOrOutsideAreRefused() {
        project.withFunction("a").with("supabase/config.toml", "[functions.a]\nimport_map = \"./gone.json\"\n");
        assertThatThrownBy(project::read).hasMessageContaining("./gone.json as the import map of the function a");

        project.with("out.json", "{}").with("supabase/config.toml", "[functions.a]\nimport_map = \"../out.json\"\n");
        assertThatThrownBy(project::read).hasMessageContaining("../out.json, lies outside supabase");
    }

    @Test
    void staticFilesAreAddedByPattern() {
        project.withFunction("a")
                .with("supabase/functions/a/one.html", "")
                .with("supabase/functions/a/sub/two.html", "")
                .with("supabase/functions/a/sub/deeper/three.txt", "")
                .with("supabase/config.toml", """
                        [functions.a]
                        static_files = ["./functions/a/*.html", "./functions/a/**/*.txt", "./functions/a/*.none"]
                        """);

        assertThat(files()).containsExactly("a/index.ts", "a/one.html", "a/sub/deeper/three.txt");
        assertThat(project.function("a").staticPatterns())
                .containsExactly(
                        "supabase/functions/a/*.html",
                        "supabase/functions/a/**/*.txt",
                        "supabase/functions/a/*.none");
        assertThat(project.read().warnings()).singleElement().asString().contains("nothing matches ./functions/a/*.none");
    }

    @Test
    void staticFilesOutsideAreRefused() {
        project.withFunction("a")
                .with("secret.txt", "")
                .with("supabase/config.toml", "[functions.a]\nstatic_files = [\"../*.txt\"]\n");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("../*.txt, lies outside supabase");
    }
}
