package io.jenkins.plugins.supabase.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.jenkins.plugins.supabase.testing.TestDatabase;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beside a server that takes what is sent apart by OpenTelemetry's own protocol definition. */
class EventOtlpTest {
    @TempDir
    private Path home;

    private final List<ExportLogsServiceRequest> taken = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private HttpServer server;
    private TestDatabase database;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/logs", exchange -> {
            heads.add(exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-Scope"));
            ExportLogsServiceRequest request =
                    ExportLogsServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes());
            if (status == 200) {
                taken.add(request);
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        database = TestDatabase.create();
        append("before");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private EventOtlp sink(String headers) {
        return new EventOtlp(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/logs",
                headers == null ? null : new SecretText(headers),
                null);
    }

    private void follow(EventSink sink) throws Exception {
        try (Connection connection = database.connect()) {
            new EventTail(new EventCursors(home.resolve("cursors.properties")))
                    .follow("staging", Ledger.read(connection), sink);
        }
    }

    private void append(String subject) {
        try (Ledger ledger = Ledger.open(database::connect)) {
            ledger.append(new AuditEvent(
                    "alice", "backup.verified", subject, JsonNodeFactory.instance.objectNode().put("n", 1)));
        }
    }

    private List<LogRecord> records() {
        List<LogRecord> records = new ArrayList<>();
        taken.forEach(request -> request.getResourceLogsList().forEach(resource ->
                resource.getScopeLogsList().forEach(scope -> records.addAll(scope.getLogRecordsList()))));
        return records;
    }

    private static Map<String, String> attributes(LogRecord record) {
        return record.getAttributesList().stream()
                .filter(attribute -> attribute.getValue().hasStringValue())
                .collect(Collectors.toMap(KeyValue::getKey, attribute -> attribute.getValue().getStringValue()));
    }

    @Test
    void eventsArriveAsLogsWithTheirHeaders() throws Exception {
        follow(sink(null));
        append("first");
        append("second");
        follow(sink("Authorization=Bearer%20a+b=, X-Scope=team"));

        assertThat(heads).containsExactly("application/x-protobuf Bearer a+b= team");
        assertThat(taken.get(0).getResourceLogs(0).getResource().getAttributesList())
                .anySatisfy(attribute -> {
                    assertThat(attribute.getKey()).isEqualTo("service.name");
                    assertThat(attribute.getValue().getStringValue()).isEqualTo("supabase-delivery");
                });
        assertThat(records()).hasSize(2);
        LogRecord second = records().get(1);
        assertThat(second.getEventName()).isEqualTo("backup.verified");
        assertThat(second.getSeverityText() + second.getSeverityNumber()).contains("INFO");
        assertThat(second.getTimeUnixNano()).isPositive();
        assertThat(second.getBody().getStringValue()).startsWith("{\"at\":").contains("\"payload\":{\"n\":1}");
        assertThat(attributes(second))
                .containsEntry("supabase.environment", "staging")
                .containsEntry("supabase.actor", "alice")
                .containsEntry("supabase.subject", "second");
    }

    @Test
    void whatIsNotTakenComesAgain() throws Exception {
        follow(sink(null));
        append("first");
        status = 503;
        assertThatThrownBy(() -> follow(sink(null)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("OpenTelemetry endpoint did not take them");
        assertThat(heads).hasSize(1);
        status = 200;
        follow(sink(null));
        follow(sink(null));

        assertThat(records()).singleElement().satisfies(record ->
                assertThat(attributes(record)).containsEntry("supabase.subject", "first"));
    }

    @Test
    void anEndpointThatNobodyAnswersAtIsAnError() throws Exception {
        follow(sink(null));
        append("first");
        server.stop(0);

        assertThatThrownBy(() -> follow(sink(null))).isInstanceOf(IOException.class);
    }

    @Test
    void headersThatCannotBeReadAreNotShown() {
        for (String wrong : List.of("hidden", "=hidden", "Authorization=%hidden", "a=b,,hidden=")) {
            assertThatThrownBy(() -> sink(wrong))
                    .isInstanceOf(DeliveryException.class)
                    .hasMessageContaining("name=value")
                    .hasMessageNotContaining("hidden");
        }
    }
}
