package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * The answer of {@code GET /v1/projects/{ref}}.
 *
 * @param status such as {@code ACTIVE_HEALTHY}, {@code COMING_UP}, {@code INACTIVE} (paused), {@code RESTORING}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ProjectStatus(String ref, String name, String region, String status) {
    public boolean healthy() {
        return "ACTIVE_HEALTHY".equals(status);
    }
}
