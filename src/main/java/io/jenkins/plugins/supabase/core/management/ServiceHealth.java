package io.jenkins.plugins.supabase.core.management;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One element of the answer of {@code GET /v1/projects/{ref}/health}.
 *
 * @param name   the service: auth, db, db_postgres_user, pooler, realtime, rest, storage or pg_bouncer
 * @param status {@code COMING_UP}, {@code ACTIVE_HEALTHY} or {@code UNHEALTHY}
 * @param error  what the platform says is wrong; null where nothing
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ServiceHealth(String name, String status, String error) {
    public boolean healthy() {
        return "ACTIVE_HEALTHY".equals(status);
    }
}
