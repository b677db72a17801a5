package io.jenkins.plugins.supabase.core.promotion;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
import io.jenkins.plugins.supabase.core.ledger.DecisionEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** What the ledger of the target tells of a promotion. Each event is there once, however often it is sent. */
final class PromotionLog {
    private final Origin origin;
    private final LedgerWriter ledger;

    PromotionLog(Origin origin, LedgerWriter ledger) {
        this.origin = origin;
        this.ledger = ledger;
    }

    void requested(PlannedPromotion planned) {
        ObjectNode payload = about(planned).put("asks", planned.ballotRules().describe());
        planned.authors().forEach(payload.putArray("authors")::add);
        append("requested", planned, payload.set("conditions", conditions(planned.gate())));
        if (planned.isEmergency()) {
            ObjectNode emergency = about(planned);
            ArrayNode past = emergency.putArray("goesPast");
            planned.gate().overridden().forEach(one -> past.add(one.condition().word()));
            append("emergency", planned, emergency);
        }
    }

    void decided(PlannedPromotion planned, List<Decision> decisions) {
        for (Decision decision : decisions) {
            ledger.write(
                    new DecisionEntry(
                            planned.operationId(),
                            decision.planDigest(),
                            decision.user(),
                            DecisionEntry.Verdict.valueOf(decision.verdict().name()),
                            decision.at(),
                            decision.comment(),
                            planned.isEmergency()),
                    about(planned));
        }
    }

    void voided(PlannedPromotion planned, List<String> changes) {
        ObjectNode payload = about(planned);
        changes.forEach(payload.putArray("changes")::add);
        append("voided", planned, payload);
    }

    void expired(PlannedPromotion planned, List<String> missing) {
        ObjectNode payload = about(planned);
        missing.forEach(payload.putArray("missing")::add);
        append("expired", planned, payload);
    }

    void aborted(PlannedPromotion planned, String why) {
        append("aborted", planned, about(planned).put("reason", why));
    }

    void refused(PlannedPromotion planned, GateReport gate) {
        ArrayNode conditions = conditions(gate);
        append("refused", "refused " + conditions, about(planned).set("conditions", conditions));
    }

    /** Where it came to no plan, or to no look at the gate. */
    void refused(String from, String why) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("from", from).put("reason", why).put("build", origin.buildUrl());
        append("refused", "refused " + why, payload);
    }

    void applied(PlannedPromotion planned, PromotionResult result) {
        ObjectNode payload = about(planned)
                .put("outcome", result.outcome().name())
                .put("deployment", result.deployment().deployment())
                .put("message", result.message());
        result.approvedBy().forEach(payload.putArray("approvedBy")::add);
        append("applied", planned, payload);
    }

    private ObjectNode about(PlannedPromotion planned) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("from", planned.from())
                .put("to", planned.to())
                .put("version", planned.releaseVersion())
                .put("release", planned.releaseDigest())
                .put("planDigest", planned.planDigest())
                .put("build", origin.buildUrl());
        if (planned.isEmergency()) {
            payload.put("emergencyReason", planned.emergencyReason());
        }
        return payload;
    }

    private static ArrayNode conditions(GateReport gate) {
        ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
        for (GateCondition one : gate.conditions()) {
            conditions
                    .addObject()
                    .put("condition", one.condition().word())
                    .put("verdict", one.verdict().name())
                    .put("evidence", one.evidence());
        }
        return conditions;
    }

    private void append(String what, PlannedPromotion planned, ObjectNode payload) {
        append(what, what + " " + planned.planDigest() + " " + planned.plannedAt(), payload);
    }

    /** @param key that is the same when this is sent again */
    private void append(String what, String key, ObjectNode payload) {
        UUID id = UUID.nameUUIDFromBytes(
                ("promotion " + origin.operationId() + " " + key).getBytes(StandardCharsets.UTF_8));
        String subject = "promotion/" + origin.operationId();
        ledger.write(
                new AuditEvent(origin.actor(), "promotion." + what, subject, payload), id);
    }
}
