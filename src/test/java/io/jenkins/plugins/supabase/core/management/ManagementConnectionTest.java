package io.jenkins.plugins.supabase.core.management;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.local.standin.Fault;
import io.jenkins.plugins.supabase.testing.ScriptedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManagementConnectionTest extends ManagementFixture {
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
    void goesThroughAProxyThatAsksForAPassword() throws InterruptedException {
        try (ScriptedApi proxy = new ScriptedApi()) {
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
        try (ScriptedApi proxy = new ScriptedApi()) {
            proxy.then(407, "", Map.of("Proxy-Authenticate", "Basic realm=\"x\""));
            ProxySettings settings = new ProxySettings("127.0.0.1", proxy.port(), "me", new SecretText("pass"));
            ManagementClient client = at("http://api.example.invalid", ManagementOptions.DEFAULT.withProxy(settings));

            assertThat(failure(client, client::project))
                    .hasMessageContaining("the proxy 127.0.0.1:" + proxy.port() + " wants other credentials (407)");
        }
    }
}
