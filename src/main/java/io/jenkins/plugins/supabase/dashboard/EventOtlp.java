package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.management.ProxyRoute;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Logger;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.ProxyOptions;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Sends lines as OpenTelemetry logs, by OTLP over HTTP. What is not taken comes again from the ledger, not from here. */
final class EventOtlp implements EventSink {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String SCOPE = "io.jenkins.plugins.supabase";
    private static final List<String> ATTRIBUTES = List.of("environment", "actor", "subject", "id", "hash");
    private static final JsonMapper JSON = new JsonMapper();

    private final String endpoint;
    private final Map<String, String> headers;
    private final ProxySettings proxy;

    /**
     * @param endpoint with its path
     * @param headers  see {@link OtlpHeaders}; null for none
     * @param proxy    null for direct connections; its user name is not used
     */
    EventOtlp(String endpoint, SecretText headers, ProxySettings proxy) {
        this.endpoint = endpoint;
        this.headers = OtlpHeaders.parse(headers);
        this.proxy = proxy;
    }

    @Override
    public String name() {
        return "otlp";
    }

    @Override
    public void write(List<String> lines) throws IOException {
        List<LogRecordData> records = records(lines);
        try (OtlpHttpLogRecordExporter exporter = exporter()) {
            CompletableResultCode sent = exporter.export(records).join(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (!sent.isSuccess()) {
                Throwable failure = sent.getFailureThrowable();
                throw new IOException("The OpenTelemetry endpoint did not take them"
                        + (failure == null || failure.getMessage() == null ? "" : ": " + failure.getMessage()));
            }
        }
    }

    private OtlpHttpLogRecordExporter exporter() {
        OtlpHttpLogRecordExporterBuilder builder = OtlpHttpLogRecordExporter.builder()
                .setEndpoint(endpoint)
                // A thread of Jenkins has a class loader that does not see the plugin's libraries.
                .setServiceClassLoader(EventOtlp.class.getClassLoader())
                .setHeaders(() -> headers)
                .setTimeout(LIMIT)
                .setRetryPolicy(null);
        if (proxy != null) {
            builder.setProxyOptions(ProxyOptions.create(ProxyRoute.selector(proxy)));
        }
        return builder.build();
    }

    /** The library's own records, of each of which a logger makes one. */
    private static List<LogRecordData> records(List<String> lines) {
        List<LogRecordData> records = new ArrayList<>();
        try (SdkLoggerProvider provider = SdkLoggerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"), "supabase-delivery"))))
                .addLogRecordProcessor((context, record) -> records.add(record.toLogRecordData()))
                .build()) {
            Logger logger = provider.get(SCOPE);
            lines.forEach(line -> emit(logger, line));
        }
        return records;
    }

    private static void emit(Logger logger, String line) {
        try {
            JsonNode event = JSON.readTree(line);
            var builder = logger.logRecordBuilder()
                    .setTimestamp(Instant.parse(event.path("at").asText()))
                    .setSeverity(Severity.INFO)
                    .setEventName(event.path("kind").asText())
                    .setBody(line)
                    .setAttribute("supabase.seq", event.path("seq").asLong());
            ATTRIBUTES.forEach(name -> builder.setAttribute("supabase." + name, event.path(name).asText()));
            builder.emit();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line that was just written", e);
        }
    }
}
