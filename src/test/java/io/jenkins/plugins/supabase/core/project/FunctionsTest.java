package io.jenkins.plugins.supabase.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsTest {
    @TempDir
    Path directory;

    ProjectOnDisk project;

    @BeforeEach
    void emptyProject() {
        project = new ProjectOnDisk(directory);
    }

    private List<String> files(String slug) {
        return project.function(slug).files().stream().map(SourceFile::name).toList();
    }

    @Test
    void areReadWithTheirImportsAcrossFolders() {
        project.with("supabase/functions/hello/index.ts", """
                        import "jsr:@supabase/functions-js/edge-runtime.d.ts";
                        import { createClient } from "npm:@supabase/supabase-js@2";
                        import x from "https://esm.sh/x";
                        import { Buffer } from "node:buffer";
                        import lodash from "lodash";
                        import { cors } from "../_shared/cors.ts";
                        import data from "./data.json" with { type: "json" };
                        import type { T } from "./types.ts";
                        export * from "./again.ts";
                        await import("./lazy.ts");
                        // import "./commented.ts"
                        const text = 'import "./in-a-string.ts"';
                        """)
                .with("supabase/functions/hello/data.json", "{\"import\": \"import './no.ts'\"}")
                .with("supabase/functions/hello/types.ts", "export type T = number;")
                .with("supabase/functions/hello/again.ts", "import './index.ts';")
                .with("supabase/functions/hello/lazy.ts", "import '../_shared/cors.ts'")
                .with("supabase/functions/hello/commented.ts", "")
                .with("supabase/functions/hello/unused.ts", "")
                .with("supabase/functions/_shared/cors.ts", "import './deep/er.ts'; export const cors = 1;")
                .with("supabase/functions/_shared/deep/er.ts", "import '../cors.ts'");

        EdgeFunction hello = project.function("hello");

        assertThat(hello.entrypointPath()).isEqualTo("supabase/functions/hello/index.ts");
        assertThat(hello.importMapPath()).isNull();
        assertThat(hello.staticPatterns()).isEmpty();
        assertThat(hello.verifyJwt()).isNull();
        assertThat(files("hello"))
                .containsExactly(
                        "supabase/functions/_shared/cors.ts",
                        "supabase/functions/_shared/deep/er.ts",
                        "supabase/functions/hello/again.ts",
                        "supabase/functions/hello/data.json",
                        "supabase/functions/hello/index.ts",
                        "supabase/functions/hello/lazy.ts",
                        "supabase/functions/hello/types.ts");
        assertThat(hello.bytes()).isEqualTo(hello.files().stream().mapToLong(SourceFile::size).sum()).isPositive();
    }

    @Test
    void sharedHiddenAndTestFoldersAreNone() {
        project.withFunction("a")
                .with("supabase/functions/_shared/x.ts", "")
                .with("supabase/functions/_drafts/index.ts", "")
                .with("supabase/functions/.idea/x.xml", "")
                .with("supabase/functions/node_modules/x/index.js", "")
                .with("supabase/functions/tests/a-test.ts", "")
                .with("supabase/functions/deno.json", "{}");

        assertThat(project.read().functions()).extracting(EdgeFunction::slug).containsExactly("a");
    }

    @Test
    void withoutEntryPointAreRefused() {
        project.withFunction("a").with("supabase/functions/b/main.ts", "");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("The function b has no entry point")
                .hasMessageContaining("supabase/functions/b")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void declaredWithoutAFolderAreRefused() {
        project.withFunction("a").with("supabase/config.toml", "[functions.b]\nverify_jwt = false\n");

        assertThatThrownBy(project::read).hasMessageContaining("The function b has no entry point");
    }

    @Test
    void withADeclaredEntryPointThatIsMissingAreRefused() {
        project.withFunction("a").with("supabase/config.toml", "[functions.a]\nentrypoint = \"./functions/a/main.ts\"\n");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("config.toml names ./functions/a/main.ts, and there is no such file");
    }

    @Test
    void withADeclaredEntryPointOutsideAreRefused() {
        project.withFunction("a")
                .with("main.ts", "")
                .with("supabase/config.toml", "[functions.a]\nentrypoint = \"../main.ts\"\n");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("../main.ts, lies outside supabase/functions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.ts", "index.tsx", "index.mts", "index.js", "index.jsx", "index.mjs"})
    void mayHaveAnyOfTheUsualEntryPoints(String name) {
        project.with("supabase/functions/a/" + name, "import './b.ts'").with("supabase/functions/a/b.ts", "");

        assertThat(project.function("a").entrypointPath()).isEqualTo("supabase/functions/a/" + name);
        assertThat(files("a")).hasSize(2);
    }

    @Test
    void takeTheirSettingsFromConfig() {
        project.with("supabase/functions/a/src/main.ts", "")
                .withFunction("b")
                .withFunction("c")
                .with("supabase/config.toml", """
                        [functions.a]
                        entrypoint = "./functions/a/src/main.ts"
                        verify_jwt = false
                        [functions.b]
                        enabled = false
                        """);

        SupabaseProject read = project.read();

        assertThat(read.functions()).extracting(EdgeFunction::slug).containsExactly("a", "c");
        assertThat(project.function("a").entrypointPath()).isEqualTo("supabase/functions/a/src/main.ts");
        assertThat(project.function("a").verifyJwt()).isFalse();
        assertThat(project.function("c").verifyJwt()).isNull();
        assertThat(read.warnings()).singleElement().asString().contains("The function b was skipped");
    }

    @Test
    void withAnImpossibleNameAreRefused() {
        project.withFunction("1st");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/functions/1st cannot be the name of a function");
    }

    @Test
    void importingWhatLiesOutsideAreRefusedWithFileAndLine() {
        project.with("secret.ts", "").with("supabase/functions/a/index.ts", "\n\nimport '../../../secret.ts';");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/functions/a/index.ts line 3 imports \"../../../secret.ts\"")
                .hasMessageContaining("outside supabase/functions")
                .hasMessageContaining("Nothing was changed");
    }

    @Test
    void importingASiblingOfTheFunctionsFolderAreRefused() {
        project.with("supabase/functions-private/x.ts", "")
                .with("supabase/functions/a/index.ts", "import '../../functions-private/x.ts';");

        assertThatThrownBy(project::read).hasMessageContaining("outside supabase/functions");
    }

    @Test
    void importingThroughASymbolicLinkToOutsideAreRefused() throws IOException {
        project.with("secret.ts", "").with("supabase/functions/a/index.ts", "import './link.ts';");
        Files.createSymbolicLink(
                project.supabase().resolve("functions/a/link.ts"), directory.resolve("secret.ts"));

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/functions/a/index.ts line 1 imports \"./link.ts\"")
                .hasMessageContaining("outside supabase/functions");
    }

    @Test
    void whoseEntryPointLinksToOutsideAreRefused() throws IOException {
        project.with("secret.ts", "").with("supabase/functions/a/x.ts", "");
        Files.createSymbolicLink(
                project.supabase().resolve("functions/a/index.ts"), directory.resolve("secret.ts"));

        assertThatThrownBy(project::read).hasMessageContaining("lies outside supabase/functions");
    }

    @Test
    void mayImportThroughASymbolicLinkThatStaysInside() throws IOException {
        project.with("supabase/functions/_shared/x.ts", "").with("supabase/functions/a/index.ts", "import './s/x.ts';");
        Files.createSymbolicLink(project.supabase().resolve("functions/a/s"), Path.of("../_shared"));

        assertThat(files("a")).containsExactly("supabase/functions/a/index.ts", "supabase/functions/a/s/x.ts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "file://"})
    void importingByAnAbsolutePathAreRefused(String prefix) {
        String absolute = prefix + project.supabase().resolve("functions/a/b.ts").toAbsolutePath();
        project.with("supabase/functions/a/index.ts", "import '" + absolute + "';")
                .with("supabase/functions/a/b.ts", "");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("line 1 imports \"" + absolute + "\"");
    }

    @Test
    void importingAMissingFileAreRefusedWithFileAndLine() {
        project.with("supabase/functions/a/index.ts", "import './b.ts';")
                .with("supabase/functions/a/b.ts", "\nimport '../_shared/gone.ts';");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/functions/a/b.ts line 2 imports \"../_shared/gone.ts\"")
                .hasMessageContaining("no such file (supabase/functions/_shared/gone.ts)");
    }

    @Test
    void importingWithoutTheExtensionAreToldIt() {
        project.with("supabase/functions/a/index.ts", "import './b';").with("supabase/functions/a/b.ts", "");

        assertThatThrownBy(project::read).hasMessageContaining("beside it is b.ts");
    }

    @Test
    void importingAComputedNameAreWarnedAbout() {
        project.with("supabase/functions/a/index.ts", "\nawait import(`./${name}.ts`);");

        assertThat(project.read().warnings())
                .singleElement()
                .asString()
                .contains("supabase/functions/a/index.ts line 2 imports a computed name");
    }

    @Test
    void digestIsStableAndCoversMetadataAndContents() throws IOException {
        project.withFunction("a").with("supabase/functions/a/index.ts", "import './b.ts'");
        project.with("supabase/functions/a/b.ts", "1");
        String digest = project.function("a").digest();

        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        ProjectOnDisk copy = new ProjectOnDisk(elsewhere)
                .with("supabase/functions/a/index.ts", "import './b.ts'")
                .with("supabase/functions/a/b.ts", "1");
        assertThat(digest).matches("[0-9a-f]{64}").isEqualTo(copy.function("a").digest());

        assertThat(copy.with("supabase/functions/a/b.ts", "2").function("a").digest()).isNotEqualTo(digest);
        copy.with("supabase/functions/a/b.ts", "1").with("supabase/config.toml", "[functions.a]\nverify_jwt = true\n");
        assertThat(copy.function("a").digest()).isNotEqualTo(digest);
        copy.with("supabase/config.toml", "").with("supabase/functions/a/deno.json", "{}");
        assertThat(copy.function("a").digest()).isNotEqualTo(digest);
    }
}
