package io.jenkins.plugins.supabase.approval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.GateCondition;
import io.jenkins.plugins.supabase.core.promotion.PlannedPromotion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A promotion for machines; described in docs/approving.md. */
final class ApprovalJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private ApprovalJson() {}

    static String of(ApprovalView view) {
        return write(node(view));
    }

    /** @param view null where there is nothing to tell */
    static String answer(String message, ApprovalView view) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("message", message);
        return write(view == null ? answer : answer.set("promotion", node(view)));
    }

    private static ObjectNode node(ApprovalView view) {
        PlannedPromotion planned = view.getPlanned();
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("id", planned.operationId())
                .put("from", planned.from())
                .put("to", planned.to())
                .put("status", view.getStatus().word())
                .put("message", view.getMessage())
                .put("planDigest", planned.planDigest());
        node.putObject("release")
                .put("version", planned.releaseVersion())
                .put("digest", planned.releaseDigest())
                .put("commit", planned.commit())
                .put("branch", planned.branch());
        node.put("running", planned.running()).put("emergency", planned.emergencyReason());
        node.put("since", text(view.getSince())).put("expires", text(view.getExpires()));
        ArrayNode conditions = node.putArray("conditions");
        for (GateCondition condition : view.getConditions()) {
            conditions
                    .addObject()
                    .put("condition", condition.condition().word())
                    .put("verdict", condition.verdict().name().toLowerCase(Locale.ROOT))
                    .put("evidence", condition.evidence());
        }
        node.put("needed", view.getBallot().rules().describe());
        view.getBallot().missing().forEach(node.putArray("missing")::add);
        node.set("decisions", decisions(view.getDecisions()));
        ArrayNode voided = node.putArray("voided");
        for (VoidedRound round : view.getVoidedRounds()) {
            ObjectNode one = voided.addObject().put("planDigest", round.getPlanDigest());
            one.set("decisions", decisions(round.getDecisions()));
            round.getChanges().forEach(one.putArray("changes")::add);
        }
        node.put("mayApprove", view.isMayApprove()).put("mayReject", view.isMayReject());
        return node.put("whyNotApprove", view.getWhyNotApprove());
    }

    private static ArrayNode decisions(List<Decision> decisions) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Decision decision : decisions) {
            nodes.addObject()
                    .put("user", decision.user())
                    .put("verdict", decision.verdict().name().toLowerCase(Locale.ROOT))
                    .put("comment", decision.comment())
                    .put("at", text(decision.at()));
        }
        return nodes;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String write(ObjectNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
