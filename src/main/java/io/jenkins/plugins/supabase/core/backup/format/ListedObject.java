package io.jenkins.plugins.supabase.core.backup.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A storage object as its row in {@code storage.objects} tells it: a line of a backup's list of objects.
 *
 * @param fingerprint  32 hex digits: the same again as long as neither the row's version nor its content changes
 * @param size         in bytes; -1 where the row does not say
 * @param eTag         without quotes; empty where the row does not say
 * @param mimeType     null where the row does not say
 * @param cacheControl likewise
 * @param userMetadata null for none
 * @param state        whether the backup has its bytes
 */
public record ListedObject(
        String fingerprint,
        String bucket,
        String name,
        long size,
        String eTag,
        String mimeType,
        String cacheControl,
        JsonNode userMetadata,
        State state) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FINGERPRINT_DIGITS = 32;

    /** How what was read compares with the row. */
    public enum State {
        /** The bytes are those of the row. */
        SAME("same"),
        /** It was replaced after the snapshot: the bytes are newer ones. */
        CHANGED("changed"),
        /** There were no bytes: it was deleted after the snapshot, or the store has lost them. */
        MISSING("missing");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    /**
     * @param row      of {@code storage.objects}, as {@code to_jsonb} gives it
     * @param bareETag of a text with quotes
     */
    public static ListedObject of(JsonNode row, String bareETag) {
        JsonNode metadata = row.path("metadata");
        StringBuilder identity = new StringBuilder();
        for (String column : new String[] {"id", "bucket_id", "name", "version", "updated_at"}) {
            identity.append(row.path(column)).append('\n');
        }
        identity.append(metadata.path("eTag")).append('\n').append(metadata.path("size"));
        return new ListedObject(
                Sha256.of(identity.toString()).substring(0, FINGERPRINT_DIGITS),
                row.path("bucket_id").asText(),
                row.path("name").asText(),
                metadata.path("size").asLong(-1),
                bareETag,
                metadata.path("mimetype").asText(null),
                metadata.path("cacheControl").asText(null),
                row.path("user_metadata").isObject() ? row.path("user_metadata") : null,
                State.SAME);
    }

    public ListedObject as(State other, long otherSize, String otherETag) {
        return new ListedObject(
                fingerprint, bucket, name, otherSize, otherETag, mimeType, cacheControl, userMetadata, other);
    }

    /** @return in UTF-8, with its line feed */
    public byte[] toLine() {
        ObjectNode json = JSON.createObjectNode();
        json.put("object", fingerprint).put("bucket", bucket).put("name", name).put("size", size).put("eTag", eTag);
        json.put("mimeType", mimeType).put("cacheControl", cacheControl).set("userMetadata", userMetadata);
        json.put("state", state.word);
        try {
            return (JSON.writeValueAsString(json) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    /** @throws IOException when it is no such line */
    public static ListedObject read(String line) throws IOException {
        try {
            JsonNode json = JSON.readTree(line);
            String word = json.required("state").asText();
            return new ListedObject(
                    json.required("object").asText(),
                    json.required("bucket").asText(),
                    json.required("name").asText(),
                    json.required("size").asLong(),
                    json.required("eTag").asText(),
                    json.path("mimeType").asText(null),
                    json.path("cacheControl").asText(null),
                    json.path("userMetadata").isObject() ? json.path("userMetadata") : null,
                    word.equals(State.SAME.word) ? State.SAME
                            : word.equals(State.CHANGED.word) ? State.CHANGED : State.MISSING);
        } catch (IllegalArgumentException e) {
            throw new IOException("the list of objects is incomplete: " + e.getMessage(), e);
        }
    }
}
