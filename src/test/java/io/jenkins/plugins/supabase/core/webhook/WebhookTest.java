package io.jenkins.plugins.supabase.core.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int status = 204;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            seen.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void postsToTheWholeAddressWithItsToken() throws IOException {
        webhook("/hook?sig=abc", new SecretText("of-the-hook")).post("application/json", "{}");
        webhook("/hook", null).post("application/json", "{}");

        assertThat(seen).containsExactly(
                "/hook?sig=abc application/json; charset=utf-8 Bearer of-the-hook {}",
                "/hook application/json; charset=utf-8 null {}");
    }

    @Test
    void whatIsNotTakenIsAnError() {
        status = 500;

        assertThatThrownBy(() -> webhook("/hook", null).post("application/json", "{}"))
                .isInstanceOf(IOException.class)
                .hasMessage("The webhook answered 500");
    }

    @Test
    void doesNotFollowToWhereNobodySentIt() {
        status = 302;

        assertThatThrownBy(() -> webhook("/hook", null).post("application/json", "{}"))
                .hasMessage("The webhook answered 302");
        assertThat(seen).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://chat.example.com/hidden", "ftp://chat.example.com/hidden", "hidden", ""})
    void whatCannotBeAnAddressIsNotShown(String url) {
        assertThatThrownBy(() -> new Webhook("The webhook", url, null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https://host/path")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void anAddressThatNobodyAnswersAtIsNotShown() {
        Webhook webhook = webhook("/hidden", null);
        server.stop(0);

        assertThatThrownBy(() -> webhook.post("application/json", "{}"))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("hidden");
    }

    @Test
    void anAnswerThatIsCutOffShowsNothingOfTheAddressButItsHost() {
        server.createContext("/hidden", exchange -> exchange.close());

        assertThatThrownBy(() -> webhook("/hidden/deeper?sig=hidden", null).post("application/json", "{}"))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageContaining("127.0.0.1")
                .hasMessageNotContaining("hidden");
    }

    private Webhook webhook(String path, SecretText token) {
        return new Webhook(
                "The webhook", "http://127.0.0.1:" + server.getAddress().getPort() + path, token, null);
    }
}
