package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A function secret as {@code GET /v1/projects/{ref}/secrets} shows it.
 *
 * @param digest    SHA-256 of the value, 64 hex digits. A short value is found from it by trying, so it is neither
 *                  logged nor kept.
 * @param updatedAt when its value was set last; null where the API does not say
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredSecret(
        String name, @JsonProperty("value") String digest, @JsonProperty("updated_at") String updatedAt) {
    @Override
    public String toString() {
        return "StoredSecret[name=" + name + ", updatedAt=" + updatedAt + "]";
    }
}
