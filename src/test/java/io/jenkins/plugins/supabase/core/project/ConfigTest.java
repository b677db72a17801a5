package io.jenkins.plugins.supabase.core.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    Path directory;

    ProjectOnDisk project;

    @BeforeEach
    void emptyProject() {
        project = new ProjectOnDisk(directory);
    }

    @Test
    void isReadWithUnknownContent() {
        project.with("supabase/config.toml", """
                project_id = "votes"
                [api]
                schemas = ["public"]
                [functions.update-votes]
                verify_jwt = false
                import_map = "./functions/deno.json"
                static_files = ["./functions/update-votes/*.html"]
                something_new = 3
                enabled = false
                """);

        ProjectConfig config = project.read().config();

        assertThat(config.projectId()).isEqualTo("votes");
        assertThat(config.migrationsEnabled()).isTrue();
        assertThat(config.functions().get("update-votes")).satisfies(function -> {
            assertThat(function.enabled()).isFalse();
            assertThat(function.verifyJwt()).isFalse();
            assertThat(function.entrypoint()).isNull();
            assertThat(function.importMap()).isEqualTo("./functions/deno.json");
            assertThat(function.staticFiles()).containsExactly("./functions/update-votes/*.html");
        });
    }

    @Test
    void thatDoesNotParseIsRefusedWithLineAndColumn() {
        project.with("supabase/config.toml", "project_id = \"votes\"\n\n[functions.hello\nverify_jwt = false\n");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/config.toml does not parse: line 3, column 17")
                .hasMessageNotContaining("\n");
    }

    @Test
    void withAWrongTypeIsRefusedWithLineAndColumn() {
        project.with("supabase/config.toml", "[functions.hello]\n  verify_jwt = \"no\"\n");

        assertThatThrownBy(project::read)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("supabase/config.toml line 2, column 3: verify_jwt must be true or false");
    }

    @Test
    void withANumberAmongStaticFilesIsRefused() {
        project.with("supabase/config.toml", "[functions.hello]\nstatic_files = [\"a\", 1]\n");

        assertThatThrownBy(project::read).hasMessageContaining("line 2")
                .hasMessageContaining("static_files must be a list of texts");
    }

    @Test
    void thatIsNotUtf8IsRefused() {
        project.with("supabase/config.toml", new byte[] {'#', (byte) 0xE9, '\n'});

        assertThatThrownBy(project::read).hasMessageContaining("supabase/config.toml is not UTF-8");
    }

    @Test
    void thatTheSupabaseCliWritesIsRead() throws Exception {
        Path written = Path.of("../shared/supabase/config.toml");
        Assumptions.assumeTrue(Files.exists(written), "no config.toml of the Supabase CLI beside the checkout");
        project.with("supabase/config.toml", Files.readAllBytes(written));

        assertThat(project.read().config().projectId()).isNotEmpty();
    }
}
