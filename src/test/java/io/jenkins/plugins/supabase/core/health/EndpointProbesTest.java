package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.quick;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointProbesTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    private ProbedProject probed;

    @BeforeEach
    void start() throws SQLException {
        probed = new ProbedProject();
    }

    @AfterEach
    void stop() {
        probed.close();
    }

    @Test
    void everyEndpointIsHealthy() throws Exception {
        probed.deploy("update-votes", true).deploy("open", false);

        HealthReport report =
                probed.check(endpoints().withRpc("alive").withFunctions(List.of("update-votes", "open")));

        assertThat(report.probes())
                .filteredOn(probe -> probe.verdict() != Verdict.SKIPPED)
                .extracting(ProbeResult::name, ProbeResult::verdict, ProbeResult::attempts)
                .containsExactly(
                        healthy("auth"),
                        healthy("rest"),
                        healthy("rest rpc"),
                        healthy("storage"),
                        healthy("function update-votes"),
                        healthy("function open"));
        assertThat(report.healthy()).isTrue();
        assertThat(row(report, "auth").detail()).isEqualTo("GoTrue v2.186.0");
        assertThat(row(report, "rest").target()).isEqualTo(probed.project.url() + "/rest/v1/polls");
        assertThat(probed.standIn.unknownRequests()).isEmpty();
    }

    @Test
    void aFunctionIsAskedInAWayThatDoesNotSetItToWork() throws Exception {
        probed.deploy("update-votes", true);

        probed.check(endpoints().withFunctions(List.of("update-votes")));

        assertThat(probed.standIn.requests().matching("* /functions/v1/**"))
                .singleElement()
                .satisfies(request -> assertThat(request.method()).isEqualTo("OPTIONS"));
    }

    @Test
    void aServiceThatRecoversIsHealthyOnRetry() throws Exception {
        probed.faults().next("GET /auth/v1/health", 2, Fault.status(503));

        HealthReport report = probed.check(endpoints());

        assertThat(report.healthy()).isTrue();
        assertThat(row(report, "auth").attempts()).isEqualTo(3);
        assertThat(row(report, "rest").attempts()).isEqualTo(1);
        assertThat(probed.standIn.requests().matching("GET /rest/v1/polls")).hasSize(1);
    }

    @Test
    void aPauseThatWouldOutlastTheCheckIsShortened() throws Exception {
        probed.faults().next("GET /auth/v1/health", Fault.status(503));
        Duration tooLong = Duration.ofSeconds(10);

        HealthReport report = probed.check(endpoints(quick(Duration.ofSeconds(8)).withPauses(tooLong, tooLong)));

        assertThat(row(report, "auth").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "auth").attempts()).isEqualTo(2);
    }

    @Test
    void aFunctionThatIsNotDeployedIsUnhealthy() throws Exception {
        HealthReport report = probed.check(endpoints(quick(SHORT)).withFunctions(List.of("missing")));

        assertThat(report.healthy()).isFalse();
        assertThat(row(report, "function missing").verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(row(report, "function missing").attempts()).isGreaterThan(1);
        assertThat(report.summary())
                .contains("'staging' is not healthy: 1 of 4 probes failed", "function missing", "404 NOT_FOUND");
    }

    @Test
    void aFunctionThatDoesNotStartIsUnhealthyAlthoughItWantsAToken() throws Exception {
        probed.deploy("update-votes", true).project.functions().bootError("update-votes", true);

        HealthReport report = probed.check(endpoints(once()).withFunctions(List.of("update-votes")));

        assertThat(row(report, "function update-votes").verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(row(report, "function update-votes").detail()).contains("503 BOOT_ERROR");
    }

    @ParameterizedTest
    @CsvSource({
        "200, HEALTHY",
        "204, HEALTHY",
        "302, HEALTHY",
        "400, HEALTHY",
        "401, HEALTHY",
        "402, UNHEALTHY",
        "404, UNHEALTHY",
        "405, UNHEALTHY",
        "429, UNHEALTHY",
        "500, UNHEALTHY",
        "503, UNHEALTHY",
        "546, UNHEALTHY"
    })
    void theStatusOfAFunctionDecides(int status, Verdict verdict) throws Exception {
        probed.faults().always("OPTIONS /functions/v1/any", Fault.status(status));

        HealthReport report = probed.check(endpoints(once()).withFunctions(List.of("any")));

        assertThat(row(report, "function any").verdict()).isEqualTo(verdict);
    }

    @Test
    void aFunctionMayBeAskedInItsOwnWay() throws Exception {
        probed.deploy("update-votes", true);
        probed.faults().always("GET /functions/v1/teapot", Fault.status(418));

        HealthReport report = probed.check(endpoints(once()).withFunctionProbes(List.of(
                new FunctionProbe("update-votes", "GET", Set.of()),
                new FunctionProbe("teapot", "GET", Set.of(418)),
                new FunctionProbe("update-votes/extra", "POST", Set.of(200)))));

        assertThat(row(report, "function update-votes").detail()).isEqualTo(
                "401 UNAUTHORIZED_NO_AUTH_HEADER: reachable, wants a token");
        assertThat(row(report, "function teapot").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "function update-votes/extra").verdict()).isEqualTo(Verdict.UNHEALTHY);
    }

    @Test
    void theClosedRootSaysWhatToPass() throws Exception {
        String publishable = probed.project.keys().publishable();
        HealthRequest request = HealthRequest.of(probed.environment(), probed.access(publishable))
                .withSkip(EnumSet.complementOf(EnumSet.of(ProbeKind.REST)));

        ProbeResult rest = row(probed.check(request), "rest");

        assertThat(rest.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(rest.attempts()).isEqualTo(1);
        assertThat(rest.detail()).contains("401 PGRST106", "root is closed to this key", "name a table or an rpc", "apiKeyCredentialsId");
    }

    @Test
    void theRootIsReadWithTheSecretKeyWhereNothingElseIsNamed() throws Exception {
        ProbeResult rest = row(probed.check(endpoints().withTable(null)), "rest");

        assertThat(rest.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(rest.target()).isEqualTo(probed.project.url() + "/rest/v1/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serviceRole", "secret"})
    void legacyAndNewKeysAreSentAsTheGatewayWantsThem(String kind) throws Exception {
        String key = kind.equals("secret")
                ? probed.project.keys().secret()
                : probed.project.keys().serviceRole();

        probed.check(HealthRequest.of(probed.environment(), probed.access(key))
                .withTable("polls")
                .withSkip(EnumSet.complementOf(EnumSet.of(ProbeKind.REST))));

        assertThat(probed.standIn.requests().matching("GET /rest/v1/polls"))
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.status()).isEqualTo(200);
                    assertThat(request.headerNames()).contains("apikey");
                    assertThat(request.headerNames().contains("authorization")).isEqualTo(kind.equals("serviceRole"));
                });
    }

    @Test
    void aRejectedKeyIsNotTriedAgain() throws Exception {
        HealthReport report = probed.check(HealthRequest.of(probed.environment(), probed.access("sb_secret_wrong"))
                .withTable("polls")
                .withSkip(notEndpoints())
                .withPacing(quick(Duration.ofSeconds(20))));

        assertThat(report.unhealthy()).extracting(ProbeResult::name).contains("auth", "rest");
        assertThat(row(report, "auth").attempts()).isEqualTo(1);
        assertThat(row(report, "auth").detail()).contains("401", "apiKeyCredentialsId");
        assertThat(report.table().toString() + report.summary() + probed.progress).doesNotContain("sb_secret_wrong");
    }

    @Test
    void aKeyThatNoHeaderTakesIsNotShown() throws Exception {
        HealthReport report = probed.check(HealthRequest.of(probed.environment(), probed.access("secret\nkey"))
                .withSkip(notEndpoints()));

        assertThat(report.unhealthy()).hasSize(3).allSatisfy(probe -> {
            assertThat(probe.attempts()).isEqualTo(1);
            assertThat(probe.detail()).contains("apiKeyCredentialsId").doesNotContain("secret\nkey", "secret", "bug");
        });
    }

    @Test
    void aLineBreakAfterTheKeyDoesNoHarm() throws Exception {
        String pasted = probed.project.keys().secret() + "\n";

        assertThat(probed.check(HealthRequest.of(probed.environment(), probed.access(pasted))
                        .withSkip(notEndpoints()))
                .healthy()).isTrue();
    }

    @Test
    void aProjectUrlThatIsNoneIsRefused() {
        Environment environment = new Environment("staging", null, null, "abc.supabase.co", null);

        assertThatThrownBy(() -> probed.check(HealthRequest.of(environment, probed.access())))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("'staging'", "abc.supabase.co", "nothing was probed");
    }

    @Test
    void aTableThatTheApiDoesNotKnowIsUnhealthy() throws Exception {
        ProbeResult rest = row(probed.check(endpoints(once()).withTable("no such/table")), "rest");

        assertThat(rest.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(rest.detail()).contains("404");
        assertThat(rest.target()).endsWith("/rest/v1/no%20such%2Ftable");
    }

    @Test
    void whereTheGatewayKeepsTheStorageStatusTheBucketsAreListed() throws Exception {
        probed.faults().always("GET /storage/v1/status", Fault.status(404));

        ProbeResult storage = row(probed.check(endpoints()), "storage");

        assertThat(storage.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(storage.detail()).isEqualTo("listing buckets 200");
    }

    @Test
    void brokenStorageIsUnhealthy() throws Exception {
        probed.faults().always("GET /storage/v1/status", Fault.status(500));

        ProbeResult storage = row(probed.check(endpoints(once())), "storage");

        assertThat(storage.verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(storage.detail()).contains("status answered 500");
    }

    @Test
    void anAnswerThatTakesTooLongIsUnhealthyAndTheOthersAreNotDelayed() throws Exception {
        probed.faults().always("GET /auth/v1/health", Fault.slow(Duration.ofMinutes(2)));

        HealthReport report = probed.check(endpoints()
                .withPacing(quick(Duration.ofSeconds(5)).withAttemptTimeout(Duration.ofSeconds(2))));

        assertThat(row(report, "auth").verdict()).isEqualTo(Verdict.UNHEALTHY);
        assertThat(row(report, "auth").detail()).isEqualTo("no answer within 2.0 s");
        assertThat(row(report, "auth").attempts()).isGreaterThan(1);
        assertThat(row(report, "rest").verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(row(report, "rest").latencyMillis()).isLessThan(2_000);
    }

    @Test
    void theTimeoutEndsTheCheckAndTheReportNamesWhatIsUnhealthy() throws Exception {
        probed.faults().always("GET /auth/v1/health", Fault.status(503));
        probed.faults().always("GET /rest/v1/polls", Fault.drop());

        HealthReport report = probed.check(endpoints(quick(SHORT)));

        assertThat(report.unhealthy()).extracting(ProbeResult::name).containsExactly("auth", "rest");
        assertThat(report.summary())
                .contains("2 of 3 probes failed", "auth (answered 503", "rest (the connection broke")
                .doesNotContain("\n");
        assertThat(report.durationMillis()).isGreaterThanOrEqualTo(1_000);
    }

    @Test
    void anAttemptThatTheEndCutsShortDoesNotHideWhatWasKnown() throws Exception {
        probed.faults().next("GET /auth/v1/health", Fault.status(503));
        probed.faults().always("GET /auth/v1/health", Fault.slow(Duration.ofMinutes(2)));

        ProbeResult auth = row(probed.check(endpoints(quick(Duration.ofSeconds(3)))), "auth");

        assertThat(auth.detail()).isEqualTo("answered 503");
    }

    @Test
    void aPausedProjectIsUnhealthyAtEachEndpoint() throws Exception {
        probed.faults().always("* /**", Fault.status(540));

        HealthReport report = probed.check(endpoints(once()).withFunctions(List.of("update-votes")));

        assertThat(report.unhealthy()).hasSize(4);
        assertThat(row(report, "rest").detail()).contains("540", "paused");
    }

    @Test
    void anAddressWhereNothingListensSaysSo() throws Exception {
        Environment nowhere =
                new Environment("staging", null, null, "http://127.0.0.1:" + freePort(), probed.database.url());

        HealthReport report = probed.check(HealthRequest.of(nowhere, probed.access())
                .withSkip(notEndpoints())
                .withPacing(once()));

        assertThat(report.unhealthy()).hasSize(3);
        assertThat(row(report, "auth").detail()).startsWith("cannot connect");
    }

    @Test
    void anHttpsAddressWithoutTlsBehindItSaysSo() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread server = new Thread(() -> refuseAll(plain));
            server.start();
            String https = "https://127.0.0.1:" + plain.getLocalPort();
            Environment environment = new Environment("staging", null, null, https, null);

            HealthReport report = probed.check(
                    HealthRequest.of(environment, probed.access()).withSkip(notEndpoints()).withPacing(once()));

            assertThat(report.unhealthy()).hasSize(3);
            assertThat(row(report, "auth").detail()).startsWith("TLS failed: ");
        }
    }

    @Test
    void aProxyIsAskedAndGivenItsPassword() throws Exception {
        Set<String> asked = ConcurrentHashMap.newKeySet();
        String password = "Basic " + Base64.getEncoder().encodeToString("someone:word".getBytes(UTF_8));
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 10);
        proxy.createContext("/", exchange -> {
            try (exchange) {
                boolean known = password.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
                if (known) {
                    asked.add(exchange.getRequestURI().toString());
                } else {
                    exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"test\"");
                }
                exchange.sendResponseHeaders(known ? 200 : 407, -1);
            }
        });
        proxy.start();
        try {
            Environment environment = new Environment("staging", null, null, "http://project.invalid", null);

            HealthReport report = probed.check(HealthRequest.of(environment, probed.access())
                    .withSkip(notEndpoints())
                    .withPacing(once())
                    .withProxy(new ProxySettings(
                            "127.0.0.1", proxy.getAddress().getPort(), "someone", new SecretText("word"))));

            assertThat(report.healthy()).as(report.summary()).isTrue();
            assertThat(asked).contains("http://project.invalid/auth/v1/health");
        } finally {
            proxy.stop(0);
        }
    }

    @Test
    void manyFunctionsOfOneHostAreAskedAtTheSameTime() throws Exception {
        probed.faults().always("OPTIONS /functions/v1/*", Fault.slow(Duration.ofSeconds(1)));

        HealthReport report = probed.check(endpoints()
                .withFunctionProbes(IntStream.range(0, 120)
                        .mapToObj(i -> new FunctionProbe("f" + i, "OPTIONS", Set.of(404)))
                        .toList()));

        assertThat(report.healthy()).isTrue();
        // One after the other would take 120 s, five at a time 24 s; all latencies are those of one answer.
        assertThat(report.durationMillis()).isLessThan(20_000);
        assertThat(report.probes())
                .filteredOn(probe -> probe.name().startsWith("function"))
                .allSatisfy(probe -> assertThat(probe.latencyMillis()).isBetween(990L, 8_000L));
    }

    /** Everything that the project itself serves. */
    private HealthRequest endpoints() {
        return probed.request().withSkip(notEndpoints());
    }

    private HealthRequest endpoints(Pacing pacing) {
        return endpoints().withPacing(pacing);
    }

    private static Set<ProbeKind> notEndpoints() {
        return EnumSet.of(ProbeKind.PROJECT, ProbeKind.SERVICES, ProbeKind.DATABASE);
    }

    private static Tuple healthy(String name) {
        return tuple(name, Verdict.HEALTHY, 1);
    }

    /** As an HTTP server does when it is spoken to in TLS. */
    private static void refuseAll(ServerSocket server) {
        try {
            while (true) {
                try (Socket client = server.accept()) {
                    client.getInputStream().read(new byte[4096]);
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
