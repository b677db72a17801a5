package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * A moment to which the platform can take a project's whole database back, as
 * {@code /v1/projects/{ref}/database/backups/restore-point} tells of it.
 *
 * @param name        at most {@link #LONGEST_NAME} characters
 * @param status      AVAILABLE, PENDING, REMOVED or FAILED
 * @param completedOn ISO 8601; null until it is available
 */
public record RestorePoint(String name, String status, @JsonProperty("completed_on") String completedOn) {
    /** By the OpenAPI document. */
    public static final int LONGEST_NAME = 20;

    public boolean available() {
        return "AVAILABLE".equals(status);
    }

    public boolean pending() {
        return "PENDING".equals(status);
    }
}
