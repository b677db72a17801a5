package io.jenkins.plugins.supabase.core.backup.restore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
}
