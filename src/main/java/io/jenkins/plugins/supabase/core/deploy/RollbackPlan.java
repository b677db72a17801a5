package io.jenkins.plugins.supabase.core.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * What a rollback would do. Holds no secret.
 *
 * @param kind        always {@code rollback}, so that readers tell it from a plan
 * @param fromVersion of the release that runs
 * @param toVersion   of the release to go back to
 * @param changes     what is put back
 * @param remains     what cannot be put back, with the reason
 */
public record RollbackPlan(
        int formatVersion,
        String kind,
        String environment,
        @JsonProperty("from") String fromVersion,
        @JsonProperty("to") String toVersion,
        List<Item> changes,
        List<Item> remains) {
    private static final JsonMapper JSON = new JsonMapper();

    public RollbackPlan {
        changes = List.copyOf(changes);
        remains = List.copyOf(remains);
    }

    /** @param part such as {@code config} */
    public record Item(String part, String text) {}

    static RollbackPlan of(String environment, Deployment from, Deployment to, WayBack wayBack) {
        List<Item> changes = new ArrayList<>();
        List<Item> remains = new ArrayList<>();
        for (Undo undo : wayBack.undos()) {
            undo.changes().forEach(change -> changes.add(new Item(undo.kind(), change)));
            undo.remains().forEach(one -> remains.add(new Item(undo.kind(), one)));
        }
        return new RollbackPlan(
                1, "rollback", environment, from.releaseVersion(), to.releaseVersion(), changes, remains);
    }

    /** @return the plan that {@link #toJson} wrote */
    public static RollbackPlan read(String json) {
        try {
            return JSON.readValue(json, RollbackPlan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no plan of a rollback", e);
        }
    }

    public String toJson() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    String digest() {
        return Sha256.of(toJson());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Way back for " + environment + ": from release " + fromVersion + " to " + toVersion);
        changes.forEach(item -> lines.add("    back: " + item.part() + ": " + item.text()));
        remains.forEach(item -> lines.add("    stays: " + item.part() + ": " + item.text()));
        if (changes.isEmpty()) {
            lines.add("    Nothing can be, or needs to be, put back.");
        }
        return lines;
    }
}
