package io.jenkins.plugins.supabase.core.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.util.List;

/** A plan as text: as JSON for machines, and as the digest that an approval is bound to. */
public final class PlanJson {
    /** Counts up when a reader of older plans would misunderstand newer ones. */
    public static final int FORMAT = 1;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private PlanJson() {}

    /** @return an object with the plan's members, {@code formatVersion}, {@code digest} and {@code empty} */
    public static String write(Plan plan) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("formatVersion", FORMAT);
        json.put("digest", digest(plan));
        json.put("empty", plan.isEmpty());
        json.setAll((ObjectNode) MAPPER.valueToTree(plan));
        return json.toString();
    }

    /** @throws DeliveryException if the text is no plan, or one of a newer version of the plugin */
    public static Plan read(String json) {
        try {
            if (MAPPER.readTree(json).path("formatVersion").asInt() > FORMAT) {
                throw new DeliveryException("The plan was made by a newer version of this plugin. Nothing was done. Update"
                        + " the plugin, or plan again with this one.");
            }
            return MAPPER.readValue(json, Plan.class);
        } catch (JsonProcessingException e) {
            throw new DeliveryException("The plan cannot be read: it is no JSON of this plugin. Nothing was done. Plan again.");
        }
    }

    /**
     * @return SHA-256 over what would be done, 64 hex digits. What only informs (refusals, findings, the trace, notes, the release that
     *     runs now, what is unchanged) has no part in it: it may differ between two looks at one environment.
     */
    public static String digest(Plan plan) {
        Plan done = new Plan(
                plan.environment(),
                plan.release(),
                null,
                0,
                plan.migrations(),
                plan.config(),
                plan.secrets().stream().filter(secret -> !secret.stays()).toList(),
                plan.buckets(),
                plan.functions().stream().filter(function -> !function.stays()).toList(),
                plan.settings(),
                plan.drift(),
                List.of(),
                List.of(),
                null,
                List.of());
        try {
            return Sha256.of(MAPPER.writeValueAsString(done));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
