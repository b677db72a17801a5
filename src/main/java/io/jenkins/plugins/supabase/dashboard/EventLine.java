package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.ledger.AuditEntry;

/** An event as a line of JSON. */
final class EventLine {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventLine() {}

    static String of(String environment, AuditEntry entry) {
        ObjectNode line = MAPPER.createObjectNode()
                .put("at", entry.at().toString())
                .put("environment", environment)
                .put("seq", entry.seq())
                .put("kind", entry.kind())
                .put("actor", entry.actor())
                .put("subject", entry.subject())
                .put("id", entry.id().toString())
                .put("hash", entry.hash());
        try {
            line.set("payload", MAPPER.readTree(entry.payloadJson()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database has checked that it is JSON", e);
        }
        return line.toString();
    }
}
