package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.management.ConfigSection;
import java.util.List;

/**
 * A key of {@code config.toml} and what it sets in a hosted project: one line of {@code config-keys.txt}.
 *
 * @param key     dotted, such as {@code auth.minimum_password_length}
 * @param section whose field it sets
 * @param field   in the section's document of {@code GET /v2/projects/{ref}/config}, dotted; null where it sets none
 * @param secret  whether its values are shown only as "changed"
 * @param gate    whether the other keys of its table count only while this one says so
 * @param rule    which change of it lowers security
 * @param needed  whether an open gate beside it makes no sense without it
 * @param with    fields that the API wants in the same patch
 * @param onlyIf  the gate of another table that must be open too; null where there is none
 * @param restart whether the platform restarts the database for it
 */
record ConfigKey(
        String key,
        ConfigSection section,
        String field,
        ValueType type,
        boolean secret,
        Gate gate,
        SecurityRule rule,
        boolean needed,
        List<String> with,
        String onlyIf,
        boolean restart) {
    /** What a gate is where it is not declared. */
    enum Gate {
        NONE,
        CLOSED,
        OPEN
    }

    boolean isGate() {
        return gate != Gate.NONE;
    }

    /** @return the key of the table that it stands in */
    String table() {
        return key.substring(0, key.lastIndexOf('.'));
    }
}
