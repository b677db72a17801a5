package io.jenkins.plugins.supabase.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Asks the stand-in what was once asked of the real API, and compares the answers in status, headers and shape. */
class RecordedExchangesTest {
    private static final String REF = "abcdefghijklmnopqrst";

    private static final Set<String> COMPARED_HEADERS = Set.of("content-type", "x-gotrue-id");

    /** What some recordings have and others lack, or what the OpenAPI document demands and the recordings lack. */
    private static final Set<String> FREE_TO_DIFFER = Set.of(
            "nimbus_oauth_email_optional",
            "applied_at",
            "max_connections",
            "shared_buffers",
            "statement_timeout",
            "effective_cache_size",
            // Facts about the machine that the stand-in does not tell.
            "selected_addons[].variant.meta.cpu_dedicated",
            "selected_addons[].variant.meta.baseline_disk_io_mbs",
            "selected_addons[].variant.meta.max_disk_io_mbs",
            "selected_addons[].variant.meta.connections_pooler",
            "selected_addons[].variant.meta.supported_cloud_providers");

    @TestFactory
    Stream<DynamicTest> everyRecordedExchangeOfAKnownRoute() throws IOException {
        Path folder = SharedFacts.required("recorded");
        List<Path> requests;
        try (SupabaseStandIn standIn = SupabaseStandIn.start();
                Stream<Path> files = Files.walk(folder)) {
            requests = files.filter(file -> file.toString().endsWith(".request.json"))
                    .filter(file -> isKnown(standIn.managementRoutes(), file))
                    .sorted()
                    .toList();
        }
        assertThat(requests).hasSizeGreaterThan(40);
        return requests.stream()
                .map(request -> DynamicTest.dynamicTest(folder.relativize(request).toString(), () -> replay(request)));
    }

    private static void replay(Path requestFile) throws Exception {
        JsonNode request = read(requestFile);
        JsonNode recorded = read(Path.of(requestFile.toString().replace(".request.json", ".response.json")));
        try (SupabaseStandIn standIn = SupabaseStandIn.start()) {
            StandInProject project = prepare(standIn);

            PlainClient.Answer answer = client(standIn, project, path(request))
                    .send(request.path("method").asText(), path(request), body(request));

            assertThat(answer.status()).isEqualTo(recorded.path("status").asInt());
            assertThat(answer.headers().keySet()).containsAll(comparableHeaders(recorded));
            if (recorded.path("body").isNull()) {
                assertThat(answer.text()).isEmpty();
            } else {
                assertThat(Shape.differences(recorded.path("body"), answer.json(), FREE_TO_DIFFER)).isEmpty();
            }
        }
    }

    /** The state that the recorded requests found. */
    private static StandInProject prepare(SupabaseStandIn standIn) throws Exception {
        StandInProject project = standIn.createProject(REF);
        project.buckets().create("cli-e2e-bucket", false);
        PlainClient.management(standIn)
                .deploy(REF, "slug=hello-world", "{\"entrypoint_path\":\"index.ts\"}", Map.of("index.ts", "export {}"));
        return project;
    }

    private static PlainClient client(SupabaseStandIn standIn, StandInProject project, String path) {
        return path.startsWith("/v1/")
                ? PlainClient.management(standIn)
                : PlainClient.withKey(project, project.keys().secret());
    }

    private static boolean isKnown(List<Route> routes, Path requestFile) {
        JsonNode request = read(requestFile);
        String method = request.path("method").asText();
        String path = path(request);
        return path.equals("/storage/v1/bucket")
                || routes.stream().anyMatch(route -> route.pattern().match(method, path).isPresent());
    }

    private static String path(JsonNode request) {
        return request.path("path").asText().replace("__PROJECT_REF__", REF);
    }

    private static String body(JsonNode request) {
        return request.path("body").isNull() ? null : request.path("body").toString();
    }

    /** Names of headers that every such answer has; those of the network in between differ from day to day. */
    private static List<String> comparableHeaders(JsonNode recorded) {
        return recorded.path("headers").properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> name.startsWith("x-ratelimit-") || COMPARED_HEADERS.contains(name))
                .toList();
    }

    private static JsonNode read(Path file) {
        try {
            return Json.MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
