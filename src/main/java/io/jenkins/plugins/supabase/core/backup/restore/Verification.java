package io.jenkins.plugins.supabase.core.backup.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What a verification found.
 *
 * @param time     when it began
 * @param duration of the whole
 * @param rto      how long the restore of a drill took; null for other depths
 * @param problems a sentence each; a backup without any is sound
 */
public record Verification(
        String backup, Depth depth, Instant time, Duration duration, Duration rto, List<String> problems) {
    private static final double MILLIS = 1000;

    public Verification {
        problems = List.copyOf(problems);
    }

    public boolean isSound() {
        return problems.isEmpty();
    }

    byte[] toJson() {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode json = mapper.createObjectNode();
        json.put("backup", backup);
        json.put("depth", depth.word());
        json.put("time", time.toString());
        json.put("sound", isSound());
        json.put("seconds", duration.toMillis() / MILLIS);
        if (rto != null) {
            json.put("rtoSeconds", rto.toMillis() / MILLIS);
        }
        problems.forEach(json.putArray("problems")::add);
        try {
            return (mapper.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    /**
     * @param json as it was kept, or what somebody put in its place
     * @return such as "sound, verified by restore at 2026-03-04T05:06:07Z, restored in 2.7 s"
     */
    public static String inWords(String json) {
        JsonNode kept;
        Depth depth;
        Instant time;
        try {
            kept = new ObjectMapper().readTree(json);
            depth = Depth.parse(kept.path("depth").asText());
            time = Instant.parse(kept.path("time").asText());
        } catch (JsonProcessingException | DeliveryException | DateTimeParseException e) {
            return "the last verification cannot be read";
        }
        String found = kept.path("sound").asBoolean()
                ? "sound"
                : "NOT SOUND (" + Count.of(kept.path("problems").size(), "problem") + ")";
        String drill = kept.has("rtoSeconds")
                ? String.format(Locale.ROOT, ", restored in %.1f s", kept.path("rtoSeconds").asDouble())
                : "";
        return found + ", verified by " + depth.word() + " at " + time.truncatedTo(ChronoUnit.SECONDS) + drill;
    }
}
