package io.jenkins.plugins.supabase.core.management;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SourceFile;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.SupabaseStandIn;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ManagementClientTest {
    private static final String REF = "abcdefghijklmnopqrst";
    private static final ManagementOptions IMPATIENT =
            new ManagementOptions(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(1500), null);

    private final SupabaseStandIn standIn = SupabaseStandIn.start();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    ManagementClientTest() {
        standIn.createProject(REF);
    }

    @AfterEach
    void stop() {
        standIn.close();
    }

    private Environment environment(String ref) {
        return new Environment("staging", ref, standIn.managementUrl(), null, null);
    }

    private ManagementClient client(String token, ManagementOptions options) {
        return new ManagementClient(environment(REF), new SecretText(token), lines::add, options);
    }

    private ManagementClient client() {
        return client(standIn.accessToken(), ManagementOptions.DEFAULT);
    }

    private ManagementException failure(ManagementClient client, Callable<?> call) {
        try (client) {
            ManagementException failure = catchThrowableOfType(ManagementException.class, call::call);
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).doesNotContain(standIn.accessToken()).doesNotContain("\n");
            return failure;
        }
    }

    private ManagementException failureOfProject(ManagementOptions options) {
        ManagementClient client = client(standIn.accessToken(), options);
        return failure(client, client::project);
    }

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
    void rejectedTokenNamesTheCredential() {
        String token = standIn.scopedToken("project_admin_read");
        standIn.revokeToken(token);

        ManagementClient client = client(token, ManagementOptions.DEFAULT);
        ManagementException failure = failure(client, client::project);

        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure)
                .hasMessageContaining("rejected the access token (401)")
                .hasMessageContaining("accessTokenCredentialsId")
                .hasMessageContaining("\"staging\"")
                .hasMessageNotContaining(token);
    }

    @Test
    void missingPermissionIsNamedAsTheApiNamesIt() {
        standIn.faults().next("GET /v1/projects/*", Fault.forbidden("project_admin_read", "something_else"));

        ManagementException failure = failureOfProject(ManagementOptions.DEFAULT);

        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure).hasMessageContaining("lacks the permission project_admin_read, something_else (403)");
    }

    @Test
    void missingPermissionIsNamedWhereTheApiDoesNot() {
        standIn.faults().next("GET /v1/projects/*/functions", Fault.status(403));

        ManagementClient client = client();
        ManagementException failure = failure(client, client::functions);

        assertThat(failure).hasMessageContaining("lacks the permission edge_functions_read (403)");
    }

    @Test
    void scopedTokenWithoutThePermissionFails() {
        ManagementClient client = client(standIn.scopedToken("project_admin_read"), ManagementOptions.DEFAULT);

        assertThat(failure(client, client::functions)).hasMessageContaining("edge_functions_read");
    }

    @Test
    void unknownProjectIsNamed() {
        ManagementClient client = new ManagementClient(
                environment("tsrqponmlkjihgfedcba"), new SecretText(standIn.accessToken()), lines::add);

        ManagementException failure = failure(client, client::project);

        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure).hasMessageContaining("knows no project tsrqponmlkjihgfedcba");
    }

    @Test
    void limitOfThePlanIsSaid() {
        standIn.faults().next("GET /v1/projects/*", Fault.status(402));

        assertThat(failureOfProject(ManagementOptions.DEFAULT))
                .hasMessageContaining("plan (402) with \"Maximum number of functions reached for Plan\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422})
    void onlyTheMessageOfABodyIsShown(int status) {
        String body = "{\"message\": \"Bad\\nthing %s\", \"jwt_secret\": \"hush\"}"
                .formatted(standIn.accessToken() + "x".repeat(2000));
        standIn.faults().next("GET /v1/projects/*", Fault.body(status, "application/json", body));

        ManagementException failure = failureOfProject(ManagementOptions.DEFAULT);

        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.reason()).startsWith("Bad thing ****xxx").hasSizeLessThan(510);
        assertThat(failure).hasMessageContaining("Bad thing").hasMessageNotContaining("hush");
        assertThat(failure.getMessage()).hasSizeLessThan(1000);
    }

    @Test
    void aBodyThatIsNoJsonIsNotShown() {
        standIn.faults().next("GET /v1/projects/*", Fault.body(400, "text/html", "<html>hush</html>"));

        assertThat(failureOfProject(ManagementOptions.DEFAULT))
                .hasMessageContaining("(400)")
                .hasMessageNotContaining("hush");
    }

    @Test
    void anAnswerThatIsNotTheApisIsNotShown() {
        standIn.faults().next("GET /v1/projects/*", Fault.body(200, "application/json", "{\"ref\": [hush"));

        assertThat(failureOfProject(ManagementOptions.DEFAULT))
                .hasMessageContaining("not the API's")
                .hasMessageContaining("managementUrl")
                .hasMessageNotContaining("hush");
    }

    @Test
    void waitsWhenRateLimitedAndGoesOn() throws InterruptedException {
        standIn.faults().next("GET /v1/projects/*", Fault.rateLimited(Duration.ofSeconds(1)));

        try (ManagementClient client = client()) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }

        assertThat(lines).containsExactly("The Management API is rate limited, going on in 1 s.");
        assertThat(standIn.requests().count("GET /v1/projects/*")).isEqualTo(2);
    }

    @Test
    void givesUpWhenRateLimitedBeyondItsPatience() {
        standIn.faults().always("GET /v1/projects/*", Fault.rateLimited(Duration.ofSeconds(1)));

        ManagementException failure = failureOfProject(IMPATIENT);

        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure).hasMessageContaining("too many requests (429)");
    }

    @Test
    void waitsAsLongAsTheRateLimitSaysWhenNothingElseIsAsked() throws InterruptedException {
        try (ScriptedApi api = scripted()) {
            api.then(429, "{}", Map.of("x-ratelimit-reset", "1")).then(200, "{\"ref\": \"x\"}");
            try (ManagementClient client = client(api)) {
                assertThat(client.project().ref()).isEqualTo("x");
            }
        }
        assertThat(lines).containsExactly("The Management API is rate limited, going on in 1 s.");
    }

    @Test
    void doesNotWaitForAnAbsurdReset() {
        try (ScriptedApi api = scripted()) {
            api.then(429, "{}", Map.of("Retry-After", "3600"));
            ManagementClient client = client(api);
            assertThat(failure(client, client::project)).hasMessageContaining("429");
            assertThat(api.seen()).hasSize(1);
        }
    }

    @Test
    void holdsBackWhenNothingRemains() throws InterruptedException {
        try (ScriptedApi api = scripted()) {
            api.then(200, "{\"ref\": \"x\"}", Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "1"));
            try (ManagementClient client = client(api)) {
                client.project();
                assertThat(lines).isEmpty();
                client.project();
            }
        }
        assertThat(lines).containsExactly("The Management API is rate limited, going on in 1 s.");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void triesAgainAfterAPassingFailure(int status) throws InterruptedException {
        standIn.faults().next("GET /v1/projects/*", Fault.status(status));

        try (ManagementClient client = client()) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }
        assertThat(lines).singleElement().asString().contains("answered " + status).contains("trying again");
    }

    @Test
    void givesUpOnAFailureThatDoesNotPass() {
        standIn.faults().always("GET /v1/projects/*", Fault.status(503));

        ManagementException failure = failureOfProject(IMPATIENT);

        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure).hasMessageContaining("answered 503").hasMessageContaining("status.supabase.com");
    }

    @Test
    void doesNotRepeatAnErrorOfTheApiItself() {
        standIn.faults().always("GET /v1/projects/*", Fault.status(500));

        assertThat(failureOfProject(ManagementOptions.DEFAULT).status()).isEqualTo(500);
        assertThat(standIn.requests().count("GET /v1/projects/*")).isEqualTo(1);
    }

    @Test
    void triesAgainWhenTheConnectionIsLost() throws InterruptedException {
        standIn.faults().next("GET /v1/projects/*", 3, Fault.drop());

        try (ManagementClient client = client()) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }
        assertThat(standIn.faults().pending()).isZero();
        assertThat(lines).isNotEmpty().allMatch(line -> line.contains("lost the connection"));
    }

    @Test
    void givesUpWhenEveryConnectionIsLost() {
        standIn.faults().always("GET /v1/projects/*", Fault.drop());

        assertThat(failureOfProject(IMPATIENT)).hasMessageContaining("lost the connection");
    }

    @Test
    void doesNotWaitForASlowAnswerForEver() {
        standIn.faults().always("GET /v1/projects/*", Fault.slow(Duration.ofMinutes(5)));

        ManagementOptions options =
                new ManagementOptions(Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(1), null);
        assertThat(failureOfProject(options)).hasMessageContaining("did not answer within 1 s");
    }

    @Test
    void refusedConnectionIsSaid() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        ManagementClient client = at("http://127.0.0.1:" + free, ManagementOptions.DEFAULT);

        ManagementException failure = failure(client, client::project);

        assertThat(failure.status()).isZero();
        assertThat(failure)
                .hasMessageContaining("http://127.0.0.1:" + free)
                .hasMessageContaining("the connection was refused");
    }

    @Test
    void unknownHostIsSaid() {
        ManagementClient client = at("https://api.supabase.invalid", ManagementOptions.DEFAULT);

        assertThat(failure(client, client::project))
                .hasMessageContaining("api.supabase.invalid")
                .hasMessageContaining("no such host");
    }

    @Test
    void tlsThatIsNotSpokenIsSaid() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answerInPlainText(plain));
            server.start();
            ManagementClient client = at("https://127.0.0.1:" + plain.getLocalPort(), ManagementOptions.DEFAULT);

            assertThat(failure(client, client::project))
                    .hasMessageContaining("TLS")
                    .hasMessageContaining("managementUrl");
            assertThat(lines).isEmpty();
        }
    }

    private static void answerInPlainText(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (Socket socket = plain.accept()) {
                socket.getInputStream().read(new byte[1024]);
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
            } catch (IOException e) {
                // The client hung up, or the test is over.
            }
        }
    }

    @Test
    void isNotSentElsewhereByARedirect() {
        try (ScriptedApi api = scripted()) {
            api.then(302, "", Map.of("Location", standIn.managementUrl() + "/v1/projects/" + REF));
            ManagementClient client = client(api);
            assertThat(failure(client, client::project)).hasMessageContaining("answered 302");
        }
        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void stopsAtOnceWhenInterruptedDuringACall() throws InterruptedException {
        standIn.faults().always("GET /v1/projects/*", Fault.slow(Duration.ofMinutes(5)));
        try (ManagementClient client = client()) {
            assertStopsWhenInterrupted(client::project);
        }
    }

    @Test
    void stopsAtOnceWhenInterruptedDuringAWait() throws InterruptedException {
        standIn.faults().always("GET /v1/projects/*", Fault.rateLimited(Duration.ofSeconds(50)));
        try (ManagementClient client = client()) {
            assertStopsWhenInterrupted(client::project);
        }
    }

    private void assertStopsWhenInterrupted(Callable<?> call) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                call.call();
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        thread.start();
        Set<Thread.State> asleep = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);
        while (!asleep.contains(thread.getState())) {
            Thread.onSpinWait();
        }
        thread.interrupt();
        thread.join(5_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void goesThroughAProxyThatAsksForAPassword() throws InterruptedException {
        try (ScriptedApi proxy = scripted()) {
            proxy.then(407, "", Map.of("Proxy-Authenticate", "Basic realm=\"x\""))
                    .then(200, "{\"ref\": \"through\"}");
            ProxySettings settings = new ProxySettings("127.0.0.1", proxy.port(), "me", new SecretText("pass"));
            try (ManagementClient client =
                    at("http://api.example.invalid", ManagementOptions.DEFAULT.withProxy(settings))) {
                assertThat(client.project().ref()).isEqualTo("through");
            }
            assertThat(proxy.seen().get(1).uri()).isEqualTo("http://api.example.invalid/v1/projects/" + REF);
            assertThat(proxy.seen().get(1).header("Proxy-Authorization")).isEqualTo("Basic bWU6cGFzcw==");
        }
    }

    @Test
    void saysWhenTheProxyRefusesThePassword() {
        try (ScriptedApi proxy = scripted()) {
            proxy.then(407, "", Map.of("Proxy-Authenticate", "Basic realm=\"x\""));
            ProxySettings settings = new ProxySettings("127.0.0.1", proxy.port(), "me", new SecretText("pass"));
            ManagementClient client = at("http://api.example.invalid", ManagementOptions.DEFAULT.withProxy(settings));

            assertThat(failure(client, client::project))
                    .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port() + " wants other credentials (407)");
        }
    }

    @Test
    void sendsTheTokenAndItsName() throws InterruptedException {
        try (ScriptedApi api = scripted()) {
            api.then(200, "{}");
            try (ManagementClient client = client(api)) {
                client.project();
            }
            assertThat(api.seen().get(0).header("Authorization")).isEqualTo("Bearer " + standIn.accessToken());
            assertThat(api.seen().get(0).header("User-Agent")).startsWith("supabase-delivery");
        }
    }

    @Test
    void withoutATokenNothingIsAsked() {
        ManagementClient client = new ManagementClient(environment(REF), null, lines::add);

        assertThat(failure(client, client::project)).hasMessageContaining("accessTokenCredentialsId");
        assertThat(standIn.requests().entries()).isEmpty();
    }

    @Test
    void aTokenWithALineBreakInItsMiddleIsRefusedWithoutShowingIt() {
        ManagementClient client = client("one\ntwo", ManagementOptions.DEFAULT);

        assertThat(failure(client, client::project)).hasMessageContaining("characters").hasMessageNotContaining("two");
    }

    @Test
    void aTokenMayEndWithALineBreak() throws InterruptedException {
        try (ManagementClient client = client(standIn.accessToken() + "\n", ManagementOptions.DEFAULT)) {
            assertThat(client.project().ref()).isEqualTo(REF);
        }
    }

    @Test
    void aSelfHostedStackHasNoManagementApi() {
        ManagementClient client =
                new ManagementClient(environment(null), new SecretText(standIn.accessToken()), lines::add);

        assertThat(failure(client, client::project)).hasMessageContaining("self-hosted");
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
        try (ScriptedApi api = scripted()) {
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
        try (ScriptedApi api = scripted()) {
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
        try (ScriptedApi api = scripted()) {
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

    @Test
    void aFailedActivationDoesNotClaimThatNothingChanged() {
        try (ScriptedApi api = scripted()) {
            api.then(500, "");
            ManagementClient client = client(api);
            assertThat(failure(client, () -> client.activateFunctions(List.of())))
                    .hasMessageContaining("not known")
                    .hasMessageNotContaining("Nothing was changed");
        }
    }

    private ScriptedApi scripted() {
        return new ScriptedApi();
    }

    private ManagementClient client(ScriptedApi api) {
        return at(api.url(), ManagementOptions.DEFAULT);
    }

    private ManagementClient at(String url, ManagementOptions options) {
        return new ManagementClient(
                new Environment("staging", REF, url, null, null),
                new SecretText(standIn.accessToken()),
                lines::add,
                options);
    }
}
