package io.jenkins.plugins.supabase.local.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every answer of the Management API's stand-in against the schemas of the OpenAPI document. */
class StandInConformanceTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final String PROJECT = "/v1/projects/" + REF;
    private static final Map<String, String> FILES = Map.of("index.ts", "export {}");

    /** Newer than the document: called by the CLI 3.1.0. */
    private static final Set<String> UNDOCUMENTED = Set.of(
            "GET /v2/projects/{ref}/config", "PATCH /v1/projects/{ref}/config/database/postgres");

    private OpenApiDocument document;
    private SupabaseStandIn standIn;
    private StandInProject project;
    private PlainClient api;

    @BeforeEach
    void start() throws IOException {
        document = OpenApiDocument.read(SharedFacts.required("management-api-openapi.json"));
        standIn = SupabaseStandIn.start();
        project = standIn.createProject(REF);
        api = PlainClient.management(standIn);
    }

    @AfterEach
    void stop() {
        if (standIn != null) {
            standIn.close();
        }
    }

    @Test
    void everyRouteAnswersAsDocumented() throws Exception {
        project.health().report("db", "UNHEALTHY");
        project.buckets().create("images", true);
        project.managedBackups().made(Instant.parse("2025-11-24T15:00:00Z"));
        project.managedBackups().pitrFrom(Instant.parse("2025-11-24T12:00:00Z"));
        Map<String, List<String>> faults = new LinkedHashMap<>();

        for (Question question : questions()) {
            List<String> found = document.faults(
                    question.method(), question.path(), question.answer().status(), question.answer().text());
            if (!found.isEmpty()) {
                faults.put(question.method() + " " + question.path() + " " + question.answer(), found);
            }
        }

        assertThat(faults).isEmpty();
        assertThat(routesNotAsked()).isEmpty();
        assertThat(standIn.unknownRequests()).isEmpty();
    }

    @Test
    void everyRouteNeedsAPermissionThatTheDocumentNames() {
        for (Route route : standIn.managementRoutes()) {
            String pattern = route.pattern().toString();
            if (!UNDOCUMENTED.contains(pattern)) {
                String[] parts = pattern.replace("{ref}", REF).replace("{slug}", "hello").split(" ");
                assertThat(document.permissions(parts[0], parts[1])).as(pattern).contains(route.permission());
            }
        }
    }

    @Test
    void theCheckItselfSeesAWrongAnswer() {
        assertThat(document.faults("GET", PROJECT, 200, "{\"ref\": 1}")).isNotEmpty();
        assertThat(document.faults("GET", PROJECT, 299, "{}")).containsExactly("no such status: 299");
        assertThat(document.faults("GET", "/v1/nonsense", 200, "{}")).isNotEmpty();
    }

    private record Question(String method, String path, PlainClient.Answer answer) {}

    private List<Question> questions() throws Exception {
        PlainClient.Answer bundled = api.deploy(REF, "slug=hello&bundleOnly=true", metadata("index.ts"), FILES);
        PlainClient.Answer live = api.deploy(REF, "slug=other", metadata("index.ts"), FILES);
        return List.of(
                new Question("POST", PROJECT + "/functions/deploy", bundled),
                new Question("POST", PROJECT + "/functions/deploy", live),
                ask("PUT", "/functions", "[" + bundled.text() + "]"),
                ask("GET", "/functions", null),
                ask("GET", "/functions/hello", null),
                archive("/functions/hello/body"),
                ask("PATCH", "/functions/hello", "{\"verify_jwt\":false}"),
                ask("DELETE", "/functions/hello", null),
                new Question("GET", "/v1/projects", api.get("/v1/projects")),
                ask("GET", "", null),
                ask("GET", "/health?services=auth,db,db_postgres_user,pooler,realtime,rest,storage,pg_bouncer", null),
                ask("POST", "/secrets", "[{\"name\":\"FOO\",\"value\":\"bar\"}]"),
                ask("GET", "/secrets", null),
                ask("DELETE", "/secrets", "[\"FOO\"]"),
                ask("GET", "/config/auth", null),
                ask("PATCH", "/config/auth", "{\"site_url\":\"https://example.com\",\"smtp_pass\":\"x\"}"),
                ask("GET", "/postgrest", null),
                ask("PATCH", "/postgrest", "{\"max_rows\":500}"),
                ask("GET", "/config/storage", null),
                ask("PATCH", "/config/storage", "{\"fileSizeLimit\":1000}"),
                ask("GET", "/config/realtime", null),
                ask("PATCH", "/config/realtime", "{\"private_only\":true}"),
                ask("GET", "/config/database/postgres", null),
                ask("PUT", "/config/database/postgres", "{\"max_connections\":100,\"restart_database\":false}"),
                ask("GET", "/config/database/pooler", null),
                ask("PATCH", "/config/database/pooler", "{\"default_pool_size\":20}"),
                ask("GET", "/ssl-enforcement", null),
                ask("PUT", "/ssl-enforcement", "{\"requestedConfig\":{\"database\":true}}"),
                ask("GET", "/network-restrictions", null),
                ask("PATCH", "/network-restrictions", "{\"add\":{\"dbAllowedCidrs\":[\"8.8.8.0/24\"]}}"),
                ask("POST", "/network-restrictions/apply", "{\"dbAllowedCidrs\":[\"10.0.0.0/8\"]}"),
                ask("GET", "/api-keys?reveal=true", null),
                ask("GET", "/storage/buckets", null),
                ask("GET", "/billing/addons", null),
                ask("GET", "/branches", null),
                ask("GET", "/database/backups", null),
                ask("POST", "/database/backups/restore-point", "{\"name\":\"before\"}"),
                ask("GET", "/database/backups/restore-point?name=before", null),
                ask("GET", "/database/backups/restore-point?name=before", null),
                ask("POST", "/database/backups/undo", "{\"name\":\"before\"}"),
                over(),
                ask("POST", "/database/backups/restore", "{\"id\":1}"),
                over(),
                ask("POST", "/database/backups/restore-pitr", "{\"recovery_time_target_unix\":1764000000}"),
                over());
    }

    /** Whatever is being restored. */
    private Question over() throws Exception {
        Question question;
        do {
            question = ask("GET", "", null);
        } while (project.managedBackups().restore().goesOn());
        return question;
    }

    private Question ask(String method, String path, String body) throws Exception {
        PlainClient.Answer answer = api.send(method, PROJECT + path, body);
        return new Question(method, (PROJECT + path).replaceAll("\\?.*", ""), answer);
    }

    /** The document says JSON, which an archive cannot be: only its status can be checked. */
    private Question archive(String path) throws Exception {
        PlainClient.Answer answer = api.get(PROJECT + path);
        return new Question("GET", PROJECT + path, new PlainClient.Answer(answer.status(), Map.of(), "{}"));
    }

    private static String metadata(String entrypoint) {
        return "{\"entrypoint_path\":\"" + entrypoint + "\"}";
    }

    private Set<String> routesNotAsked() {
        Set<String> left = new TreeSet<>();
        for (Route route : standIn.managementRoutes()) {
            String pattern = route.pattern().toString();
            if (standIn.requests().count(pattern) == 0 && !UNDOCUMENTED.contains(pattern)) {
                left.add(pattern);
            }
        }
        return left;
    }
}
