package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventTailTest {
    @TempDir
    private Path home;

    private TestDatabase database;

    @BeforeEach
    void recordTheFirst() throws Exception {
        database = TestDatabase.create();
        append("before");
    }

    @Test
    void fileHasEachLaterEventOnceAlsoAfterARestart() throws Exception {
        followFile();
        append("first");
        followFile();
        followFile();
        append("second");
        followFile();

        List<String> lines = Files.readAllLines(home.resolve("logs/supabase-events.0.log"));
        assertThat(lines).hasSize(2);
        JsonNode line = new ObjectMapper().readTree(lines.get(1));
        assertThat(line.path("subject").asText()).isEqualTo("second");
        assertThat(line.path("environment").asText()).isEqualTo("staging");
        assertThat(line.path("payload").path("n").asInt()).isEqualTo(1);
    }

    @Test
    void ledgerThatWentBackGivesWhatHappensAfterwards() throws Exception {
        followFile();
        append("first");
        TestDatabase restored = TestDatabase.create();
        append("second");
        append("third");
        followFile();
        database = restored;
        append("as before");
        takeBack();
        followFile();
        append("after the restore");
        followFile();
        followFile();

        assertThat(Files.readString(home.resolve("logs/supabase-events.0.log")).lines())
                .hasSize(4)
                .last()
                .asString()
                .contains("\"seq\":2,", "after the restore");
    }

    /** The one event there is happened before all others. */
    private void takeBack() throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            statement.execute("UPDATE supabase_delivery.audit_events SET at = at - interval '1 hour'");
        }
    }

    @Test
    void webhookGetsAgainWhatItDidNotTake() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        List<String> tokens = new CopyOnWriteArrayList<>();
        AtomicInteger status = new AtomicInteger(503);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(status.get(), -1);
            exchange.close();
        });
        server.start();
        try {
            EventWebhook webhook = new EventWebhook(
                    "http://127.0.0.1:" + server.getAddress().getPort() + "/", new SecretText("of-the-hook"), null);
            follow(webhook);
            append("first");
            assertThatThrownBy(() -> follow(webhook)).isInstanceOf(IOException.class).hasMessageContaining("503");
            status.set(204);
            follow(webhook);
            follow(webhook);
        } finally {
            server.stop(0);
        }

        assertThat(bodies).hasSize(2).allMatch(body -> body.contains("\"subject\":\"first\"") && body.endsWith("}\n"));
        assertThat(tokens).containsOnly("Bearer of-the-hook");
    }

    private void followFile() throws Exception {
        try (EventFile file = new EventFile(home.resolve("logs"))) {
            follow(file);
        }
    }

    private void follow(EventSink sink) throws Exception {
        try (Connection connection = database.connect()) {
            new EventTail(new EventCursors(home.resolve("state/cursors.properties")))
                    .follow("staging", Ledger.read(connection), sink);
        }
    }

    private void append(String subject) {
        try (Ledger ledger = Ledger.open(database::connect)) {
            ledger.append(new AuditEvent(
                    "alice", "backup.verified", subject, JsonNodeFactory.instance.objectNode().put("n", 1)));
        }
    }
}
