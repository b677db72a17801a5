package io.jenkins.plugins.supabase.core.health;

import static io.jenkins.plugins.supabase.core.health.ProbedProject.once;
import static io.jenkins.plugins.supabase.core.health.ProbedProject.row;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {
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

    private static Set<ProbeKind> notEndpoints() {
        return EnumSet.of(ProbeKind.PROJECT, ProbeKind.SERVICES, ProbeKind.DATABASE);
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
