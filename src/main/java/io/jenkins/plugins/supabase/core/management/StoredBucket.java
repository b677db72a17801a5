package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * A storage bucket as {@code GET /storage/v1/bucket} of a project shows it.
 *
 * @param isPublic         whether anybody reads its objects without a key
 * @param fileSizeLimit    of one object, in bytes; null where the project's limit alone holds
 * @param allowedMimeTypes null where every type is taken
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredBucket(
        String id,
        String name,
        @JsonProperty("public") boolean isPublic,
        @JsonProperty("file_size_limit") Long fileSizeLimit,
        @JsonProperty("allowed_mime_types") List<String> allowedMimeTypes) {
    public StoredBucket {
        allowedMimeTypes = allowedMimeTypes == null ? null : List.copyOf(allowedMimeTypes);
    }
}
