package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.core.promotion.Decision;
import io.jenkins.plugins.supabase.core.promotion.GateCondition;
import io.jenkins.plugins.supabase.core.promotion.PromotionResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a promotion returns to a Jenkinsfile, like {@link ResultMaps}. */
final class PromotionMaps {
    private PromotionMaps() {}

    static HashMap<String, Object> of(PromotionResult result) {
        HashMap<String, Object> map = new LinkedHashMap<>();
        map.put("from", result.from());
        map.put("to", result.to());
        map.put("outcome", lowerCase(result.outcome()));
        map.put("version", result.releaseVersion());
        map.put("digest", result.releaseDigest());
        map.put("emergency", result.emergency());
        map.put("approvedBy", new ArrayList<>(result.approvedBy()));
        List<Object> decisions = new ArrayList<>();
        for (Decision decision : result.decisions()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("user", decision.user());
            one.put("verdict", lowerCase(decision.verdict()));
            one.put("comment", decision.comment());
            one.put("at", decision.at().toString());
            decisions.add(one);
        }
        map.put("decisions", decisions);
        List<Object> gate = new ArrayList<>();
        if (result.gate() != null) {
            for (GateCondition condition : result.gate().conditions()) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("condition", condition.condition().word());
                one.put("verdict", lowerCase(condition.verdict()));
                one.put("evidence", condition.evidence());
                gate.add(one);
            }
        }
        map.put("gate", gate);
        map.put("deployment", result.deployment() == null ? null : ResultMaps.of(result.deployment()));
        Map<String, Object> timings = new LinkedHashMap<>();
        timings.put("planMillis", result.timings().plan());
        timings.put("waitingMillis", result.timings().waiting());
        timings.put("deployMillis", result.timings().deploy());
        timings.put("healthMillis", result.timings().health());
        map.put("timings", timings);
        return map;
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
