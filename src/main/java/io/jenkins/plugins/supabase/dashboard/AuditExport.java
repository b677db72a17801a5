package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events, chain by chain, the newest of each first, in constant memory. */
final class AuditExport {
    private static final int AT_A_TIME = 1_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final AuditQuery query;
    private final List<String> builds;

    /** @param builds beginnings of the addresses of builds; null for any event */
    AuditExport(AuditQuery query, List<String> builds) {
        this.query = query;
        this.builds = builds;
    }

    /** A file that events are written to. */
    interface Format {
        void begin() throws IOException;

        void event(String environment, AuditEntry entry) throws IOException;

        void end() throws IOException;
    }

    /** Writes what the filters let through of one chain. */
    void chain(String environment, LedgerReader reader, Format format) throws IOException {
        long before = Long.MAX_VALUE;
        List<AuditEntry> entries;
        do {
            entries = reader.events(query.filter(environment, before, builds, AT_A_TIME));
            for (AuditEntry entry : entries) {
                format.event(environment, entry);
                before = entry.seq();
            }
        } while (entries.size() == AT_A_TIME);
    }

    /** A line a event, under a line of headings. */
    static Format csv(OutputStream out) {
        return new Format() {
            @Override
            public void begin() throws IOException {
                line("environment", "seq", "at", "actor", "kind", "subject", "payload", "id", "hash");
            }

            @Override
            public void event(String environment, AuditEntry entry) throws IOException {
                line(
                        environment,
                        entry.seq(),
                        entry.at(),
                        entry.actor(),
                        entry.kind(),
                        entry.subject(),
                        entry.payloadJson(),
                        entry.id(),
                        entry.hash());
            }

            @Override
            public void end() {}

            private void line(Object... cells) throws IOException {
                out.write(Csv.row(cells).getBytes(StandardCharsets.UTF_8));
            }
        };
    }

    /** One array, with the payload of each event as what it is. */
    static Format json(OutputStream out) throws IOException {
        JsonGenerator json = MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        return new Format() {
            @Override
            public void begin() throws IOException {
                json.writeStartArray();
            }

            @Override
            public void event(String environment, AuditEntry entry) throws IOException {
                json.writeRaw('\n');
                json.writeStartObject();
                json.writeStringField("environment", environment);
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
            }

            @Override
            public void end() throws IOException {
                json.writeEndArray();
                json.close();
            }
        };
    }
}
