package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * What the platform itself keeps of a project's database: the answer of
 * {@code GET /v1/projects/{ref}/database/backups}.
 *
 * @param pitrEnabled whether any moment between the window's ends can be gone back to
 * @param backups     daily ones, in the platform's order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ManagedBackups(
        @JsonProperty("pitr_enabled") boolean pitrEnabled,
        List<Daily> backups,
        @JsonProperty("physical_backup_data") Window window) {
    public ManagedBackups {
        backups = backups == null ? List.of() : List.copyOf(backups);
        window = window == null ? new Window(null, null) : window;
    }

    /**
     * @param status     COMPLETED, FAILED, PENDING, REMOVED, ARCHIVED or CANCELLED
     * @param insertedAt ISO 8601
     * @param physical   whether the API restores it; a logical one is restored in the dashboard alone
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Daily(
            long id,
            String status,
            @JsonAlias("inserted_at") String insertedAt,
            @JsonAlias("is_physical_backup") boolean physical) {
        public boolean completed() {
            return "COMPLETED".equals(status);
        }
    }

    /** Seconds since 1970; null where there is no physical backup. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Window(
            @JsonProperty("earliest_physical_backup_date_unix") Long earliest,
            @JsonProperty("latest_physical_backup_date_unix") Long latest) {}

    /** @return the first moment that can be gone back to; null for none */
    public Instant earliest() {
        return pitrEnabled && window.earliest() != null ? Instant.ofEpochSecond(window.earliest()) : null;
    }

    /** @return the last moment that can be gone back to; null for none */
    public Instant latest() {
        return pitrEnabled && window.latest() != null ? Instant.ofEpochSecond(window.latest()) : null;
    }
}
