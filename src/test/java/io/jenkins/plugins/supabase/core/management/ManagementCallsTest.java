package io.jenkins.plugins.supabase.core.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SourceFile;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ManagementCallsTest extends ManagementFixture {
    @Test
    void readsTheProject() throws InterruptedException {
        try (ManagementClient client = client()) {
            ProjectStatus project = client.project();

            assertThat(project.ref()).isEqualTo(REF);
            assertThat(project.status()).isEqualTo("ACTIVE_HEALTHY");
        }
    }

    @Test
    void readsTheHealthOfSeveralServices() throws InterruptedException {
        try (ManagementClient client = client()) {
            List<ServiceHealth> health = client.health(List.of("auth", "rest", "db"), Duration.ofMinutes(1));

            assertThat(health).extracting(ServiceHealth::name).containsExactlyInAnyOrder("auth", "rest", "db");
            assertThat(health).allMatch(ServiceHealth::healthy);
        }
        assertThat(standIn.requests().entries().get(0).query()).containsEntry("timeout_ms", "10000");
    }

    @Test
    void sendsTheTokenAndItsName() throws InterruptedException {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(200, "{}");
            try (ManagementClient client = client(api)) {
                client.project();
            }
            assertThat(api.seen().get(0).header("Authorization")).isEqualTo("Bearer " + standIn.accessToken());
            assertThat(api.seen().get(0).header("User-Agent")).startsWith("supabase-delivery");
        }
    }

    @Test
    void sendsAFunctionAsTheSupabaseCliDoes(@TempDir Path root) throws Exception {
        Path entry = Files.writeString(root.resolve("index.ts"), "import './b';");
        Path map = Files.writeString(root.resolve("deno.json"), "{}");
        EdgeFunction function = new EdgeFunction(
                "hello",
                "supabase/functions/hello/index.ts",
                "supabase/functions/hello/deno.json",
                List.of("supabase/functions/hello/*.html"),
                false,
                List.of(
                        new SourceFile("supabase/functions/hello/deno.json", map, 2),
                        new SourceFile("supabase/functions/hello/index.ts", entry, 13)));
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(503, "")
                    .then(201, "{\"id\": \"1\", \"slug\": \"hello\", \"name\": \"hello\", \"status\": \"ACTIVE\","
                            + " \"version\": 3, \"ezbr_sha256\": \"ab\", \"created_at\": 1779438878848}");
            try (ManagementClient client = client(api)) {
                DeployedFunction bundle = client.bundleFunction(function);
                assertThat(bundle.version()).isEqualTo(3);
                assertThat(bundle.ezbrSha256()).isEqualTo("ab");
                assertThat(bundle.createdAt()).isEqualTo(1779438878848L);
            }
            ScriptedApi.Seen seen = api.seen().get(1);
            assertThat(seen.method()).isEqualTo("POST");
            assertThat(seen.uri()).isEqualTo("/v1/projects/" + REF + "/functions/deploy?slug=hello&bundleOnly=true");
            assertThat(seen.header("Content-Type")).startsWith("multipart/form-data; boundary=");
            assertThat(seen.body())
                    .contains("Content-Disposition: form-data; name=\"metadata\"")
                    .contains("{\"entrypoint_path\":\"supabase/functions/hello/index.ts\","
                            + "\"import_map_path\":\"supabase/functions/hello/deno.json\","
                            + "\"static_patterns\":[\"supabase/functions/hello/*.html\"],"
                            + "\"verify_jwt\":false,\"name\":\"hello\"}")
                    .contains("Content-Disposition: form-data; name=\"file\"; "
                            + "filename=\"supabase/functions/hello/index.ts\"")
                    .contains("Content-Type: application/octet-stream")
                    .contains("import './b';");
        }
    }

    @Test
    void leavesOutWhatIsUndeclared() throws Exception {
        EdgeFunction function =
                new EdgeFunction("hello", "supabase/functions/hello/index.ts", null, List.of(), null, List.of());
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(201, "{\"slug\": \"hello\", \"version\": 1, \"import_map_path\": null}");
            try (ManagementClient client = client(api)) {
                client.bundleFunction(function);
            }
            assertThat(api.seen().get(0).body())
                    .contains("{\"entrypoint_path\":\"supabase/functions/hello/index.ts\",\"import_map_path\":\"\","
                            + "\"static_patterns\":[],\"name\":\"hello\"}");
        }
    }

    @Test
    void aSourceFileThatVanishedIsSaidAtOnce(@TempDir Path root) {
        EdgeFunction function = new EdgeFunction(
                "hello",
                "index.ts",
                null,
                List.of(),
                null,
                List.of(new SourceFile("index.ts", root.resolve("index.ts"), 1)));
        ManagementClient client = client();

        assertThat(failure(client, () -> client.bundleFunction(function)))
                .hasMessageContaining("a source file cannot be read");
        assertThat(lines).isEmpty();
    }

    @Test
    void activatesWithTheFieldsOfTheSchema() throws Exception {
        DeployedFunction function = new DeployedFunction(
                "id", "hello", "Hello", "ACTIVE", 4, false, true, "file:///e", "file:///m", "ab", 5L);
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(200, "{\"functions\": [{\"slug\": \"hello\", \"version\": 4}]}");
            try (ManagementClient client = client(api)) {
                assertThat(client.activateFunctions(List.of(function)))
                        .extracting(DeployedFunction::slug)
                        .containsExactly("hello");
            }
            assertThat(api.seen().get(0).method()).isEqualTo("PUT");
            assertThat(api.seen().get(0).body())
                    .isEqualTo("[{\"id\":\"id\",\"slug\":\"hello\",\"name\":\"Hello\",\"status\":\"ACTIVE\","
                            + "\"version\":4,\"verify_jwt\":false,\"import_map\":true,"
                            + "\"entrypoint_path\":\"file:///e\",\"import_map_path\":\"file:///m\","
                            + "\"ezbr_sha256\":\"ab\",\"created_at\":5}]");
        }
    }
}
