package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events one after the other, the newest first, in constant memory. */
final class AuditExport {
    private static final int AT_A_TIME = 1_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final LedgerReader reader;
    private final AuditQuery query;

    AuditExport(LedgerReader reader, AuditQuery query) {
        this.reader = reader;
        this.query = query;
    }

    private interface Sink {
        void take(AuditEntry entry) throws IOException;
    }

    /** A line a event, under a line of headings. */
    void csv(OutputStream out) throws IOException {
        write(out, Csv.row("seq", "at", "actor", "kind", "subject", "payload", "id", "hash"));
        each(entry -> write(
                out,
                Csv.row(
                        entry.seq(),
                        entry.at(),
                        entry.actor(),
                        entry.kind(),
                        entry.subject(),
                        entry.payloadJson(),
                        entry.id(),
                        entry.hash())));
    }

    /** One array, with the payload of each event as what it is. */
    void json(OutputStream out) throws IOException {
        try (JsonGenerator json = MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartArray();
            each(entry -> {
                json.writeRaw('\n');
                json.writeStartObject();
                json.writeNumberField("seq", entry.seq());
                json.writeStringField("at", entry.at().toString());
                json.writeStringField("actor", entry.actor());
                json.writeStringField("kind", entry.kind());
                json.writeStringField("subject", entry.subject());
                json.writeFieldName("payload");
                json.writeRawValue(entry.payloadJson());
                json.writeStringField("id", entry.id().toString());
                json.writeStringField("hash", entry.hash());
                json.writeEndObject();
            });
            json.writeEndArray();
        }
    }

    private void each(Sink sink) throws IOException {
        long before = Long.MAX_VALUE;
        List<AuditEntry> entries;
        do {
            entries = reader.events(query.filter(before, AT_A_TIME));
            for (AuditEntry entry : entries) {
                sink.take(entry);
                before = entry.seq();
            }
        } while (entries.size() == AT_A_TIME);
    }

    private static void write(OutputStream out, String line) throws IOException {
        out.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
