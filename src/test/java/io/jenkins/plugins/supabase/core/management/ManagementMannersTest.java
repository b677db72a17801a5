package io.jenkins.plugins.supabase.core.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.core.project.EdgeFunction;
import io.jenkins.plugins.supabase.core.project.SourceFile;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.local.standin.RequestLog;
import io.jenkins.plugins.supabase.local.standin.StandInProject;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the client treats the API: connections, limits, repetition, and what it tells of its calls. */
@Timeout(60)
class ManagementMannersTest extends ManagementFixture {
    private static final String SECRETS = "POST /v1/projects/*/secrets";

    private final StandInProject project = standIn.project(REF).orElseThrow();

    private ManagementClient clientOfAll() {
        return new ManagementClient(
                new Environment("staging", REF, standIn.managementUrl(), project.url(), null),
                new SecretText(standIn.accessToken()),
                lines::add);
    }

    private static EdgeFunction function(Path file) throws Exception {
        return new EdgeFunction(
                "hello",
                "index.ts",
                null,
                List.of(),
                null,
                List.of(new SourceFile("index.ts", Files.writeString(file, "// hello"), 8)));
    }

    @Test
    void oneConnectionServesAWholeDeployment(@TempDir Path root) throws Exception {
        try (ManagementClient client = clientOfAll()) {
            client.project();
            client.functions();
            client.secrets();
            DeployedFunction bundle = client.bundleFunction(function(root.resolve("index.ts")));
            client.setSecrets(Map.of("A", new SecretText("1")));
            client.activateFunctions(List.of(bundle));
            client.functionSources("hello");
            client.deleteSecrets(List.of("A"));
            client.deleteFunction("hello");

            assertThat(standIn.requests().connections()).isEqualTo(1);
            assertThat(client.calls()).isEqualTo(9);
        }
        assertThat(standIn.requests().counts()).hasSize(9).containsEntry("GET /v1/projects/" + REF + "/secrets", 1);
    }

    @Test
    void everyRequestCounts() throws Exception {
        standIn.faults().next("GET /v1/projects/*", Fault.status(503));
        try (ManagementClient client = clientOfAll()) {
            assertThat(client.calls()).isZero();
            client.project();
            client.storage(new SecretText(project.keys().secret())).buckets();

            assertThat(client.calls()).isEqualTo(3);
        }
    }

    private List<Integer> statuses() {
        return standIn.requests().entries().stream().map(RequestLog.Entry::status).toList();
    }

    @Test
    void waitsForTheNextWindowInsteadOfBeingRefused() throws Exception {
        standIn.rateLimits().enforce(5, Duration.ofSeconds(1));
        try (ManagementClient client = client()) {
            for (int i = 0; i < 12; i++) {
                client.project();
            }
        }
        assertThat(statuses()).hasSize(12).containsOnly(200);
        assertThat(lines).hasSize(2).allMatch(line -> line.contains("rate limited, going on in"));
    }

    @Test
    void callsAtTheSameTimeShareWhatRemains() throws Exception {
        standIn.rateLimits().enforce(6, Duration.ofSeconds(1));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (ManagementClient client = client()) {
            client.project();
            List<Future<ProjectStatus>> calls = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                calls.add(threads.submit(client::project));
            }
            for (Future<ProjectStatus> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(statuses()).hasSize(17).containsOnly(200);
    }

    @Test
    void callsThatAreNotAnsweredYetAreCountedToo() throws Exception {
        standIn.rateLimits().enforce(4, Duration.ofSeconds(1));
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (ManagementClient client = client()) {
            client.project();
            standIn.faults().next("GET /v1/projects/*", 6, Fault.slow(Duration.ofMillis(200)));
            List<Future<ProjectStatus>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                calls.add(threads.submit(client::project));
            }
            for (Future<ProjectStatus> call : calls) {
                call.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(statuses()).hasSize(7).containsOnly(200);
    }

    @Test
    void oneRouteDoesNotWaitForAnother() throws Exception {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(200, "{\"ref\": \"x\"}", Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", "60"))
                    .then(200, "[]");
            try (ManagementClient client = client(api)) {
                client.project();
                assertThat(client.functions()).isEmpty();
            }
        }
        assertThat(lines).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 520, 522, 524})
    void setsSecretsAgainAfterAFailureThatMayPass(int status) throws Exception {
        standIn.faults().next(SECRETS, Fault.status(status));
        try (ManagementClient client = client()) {
            client.setSecrets(Map.of("A", new SecretText("1")));
        }
        assertThat(project.secrets().value("A")).hasValue("1");
    }

    @Test
    void everyOperationSaysWhetherItMayBeRepeated() {
        assertThat(Operation.values())
                .filteredOn(operation -> !operation.idempotent())
                .containsExactly(Operation.CREATE_BUCKET, Operation.CREATE_RESTORE_POINT, Operation.RESTORE);
        assertThat(Operation.values())
                .filteredOn(operation -> !operation.changes())
                .allMatch(operation -> operation.name().startsWith("READ_")
                        || operation.name().startsWith("LIST_")
                        || operation == Operation.BUNDLE_FUNCTION);
    }

    @Test
    void aCallThatIsNotIdempotentIsRepeatedOnlyWhereItHadNoEffect() throws Exception {
        project.faults().next("POST /storage/v1/bucket", Fault.rateLimited(Duration.ofSeconds(1)));
        try (ManagementClient client = clientOfAll()) {
            StorageClient storage = client.storage(new SecretText(project.keys().secret()));
            storage.createBucket("a", Requests.JSON.createObjectNode());
            assertThat(project.buckets().names()).containsExactly("a");
            project.faults().next("POST /storage/v1/bucket", Fault.status(503));

            ManagementException failure = catchThrowableOfType(
                    ManagementException.class, () -> storage.createBucket("b", Requests.JSON.createObjectNode()));

            assertThat(failure).hasMessageContaining("Whether that was done is not known");
            assertThat(standIn.requests().count("POST /storage/v1/bucket")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-request-id", "sb-request-id", "cf-ray"})
    void aFailureCarriesTheRequestId(String header) {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(400, "{\"message\": \"Bad thing\"}", Map.of(header, "8c1f-FRA"));
            ManagementClient client = client(api);

            assertThat(failure(client, client::project))
                    .hasMessageContaining("\"Bad thing\"")
                    .hasMessageEndingWith(" Supabase finds the call by its " + header + " 8c1f-FRA.");
        }
    }

    @Test
    void aRequestIdThatIsNoneIsLeftOut() {
        try (ScriptedApi api = new ScriptedApi()) {
            api.then(400, "{}", Map.of("cf-ray", "<b>", "x-gotrue-id", "somebody"));
            ManagementClient client = client(api);

            assertThat(failure(client, client::project)).hasMessageNotContaining("Supabase finds");
        }
    }

    @Test
    void theLogTellsOfCallsAndHoldsNoSecret() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(ManagementClient.class.getName());
        Level level = logger.getLevel();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                logged.add(record.getMessage() + record.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        try (ManagementClient client = clientOfAll()) {
            standIn.faults().next(SECRETS, Fault.cut());
            client.setSecrets(Map.of("A", new SecretText("canary-of-a-secret")));
            client.secretKey();
            client.storage(new SecretText(project.keys().secret())).buckets();
            client.config(ConfigSection.API);
        } finally {
            logger.removeHandler(handler);
            logger.setUseParentHandlers(true);
            logger.setLevel(level);
        }
        String path = "/v1/projects/" + REF;
        assertThat(logged).hasSize(5);
        assertThat(logged.get(0)).startsWith("POST " + path + "/secrets: no answer in ");
        assertThat(logged.get(1)).matches("POST " + path + "/secrets: 201 in \\d+ ms, cf-ray \\w+-FRAnull");
        assertThat(logged.get(2)).startsWith("GET " + path + "/api-keys: 200 in ");
        assertThat(logged.get(3)).matches("GET /storage/v1/bucket: 200 in \\d+ ms, sb-request-id .*");
        assertThat(String.join("\n", logged) + String.join("\n", lines))
                .doesNotContain("canary")
                .doesNotContain(standIn.accessToken())
                .doesNotContain(project.keys().secret())
                .doesNotContain("reveal");
    }
}
