package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * What waits for a ledger: an event, or a decision, whose event the ledger itself makes.
 *
 * @param id       by which it is known again
 * @param event    null for a decision
 * @param decision null for an event
 * @param payload  what else belongs to the event of the decision; null for an event
 */
record WaitingEntry(UUID id, AuditEvent event, DecisionEntry decision, ObjectNode payload) {
    private static final JsonMapper JSON = new JsonMapper();

    static WaitingEntry of(AuditEvent event, UUID id) {
        return new WaitingEntry(id, event, null, null);
    }

    static WaitingEntry of(DecisionEntry decision, ObjectNode payload) {
        String key = String.join(
                " ",
                decision.operationId(),
                decision.planDigest(),
                decision.user(),
                decision.verdict().name(),
                decision.at().toString());
        UUID id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
        return new WaitingEntry(id, null, decision, payload);
    }

    void writeTo(LedgerWriter ledger) {
        if (event != null) {
            ledger.write(event, id);
        } else {
            ledger.write(decision, payload);
        }
    }

    /** @return JSON without a line break */
    String line() {
        ObjectNode line = JSON.createObjectNode().put("id", id.toString());
        if (event != null) {
            line.put("actor", event.actor()).put("kind", event.kind()).put("subject", event.subject());
            return line.set("payload", event.payload()).toString();
        }
        line.put("operation", decision.operationId())
                .put("plan", decision.planDigest())
                .put("user", decision.user())
                .put("verdict", decision.verdict().name())
                .put("at", decision.at().toString())
                .put("comment", decision.comment())
                .put("emergency", decision.emergency());
        return line.set("payload", payload).toString();
    }

    /** @return null for the rest of a line that a crash cut off */
    static WaitingEntry read(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            UUID id = UUID.fromString(json.path("id").asText());
            ObjectNode payload = (ObjectNode) json.path("payload");
            return json.has("verdict")
                    ? new WaitingEntry(id, null, decision(json), payload)
                    : new WaitingEntry(id, event(json, payload), null, null);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static AuditEvent event(JsonNode json, ObjectNode payload) {
        return new AuditEvent(
                json.path("actor").asText(), json.path("kind").asText(), json.path("subject").asText(), payload);
    }

    private static DecisionEntry decision(JsonNode json) {
        return new DecisionEntry(
                json.path("operation").asText(),
                json.path("plan").asText(),
                json.path("user").asText(),
                DecisionEntry.Verdict.valueOf(json.path("verdict").asText()),
                Instant.parse(json.path("at").asText()),
                json.path("comment").asText(),
                json.path("emergency").asBoolean());
    }
}
