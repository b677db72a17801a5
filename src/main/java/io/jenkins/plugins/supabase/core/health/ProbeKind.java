package io.jenkins.plugins.supabase.core.health;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of probes that a check makes; {@link #id()} is what a Jenkinsfile calls them. */
public enum ProbeKind {
    /** The project's status in the Management API must be {@code ACTIVE_HEALTHY}. */
    PROJECT,
    /** The Management API's own view of the project's services. */
    SERVICES,
    /** {@code /auth/v1/health}. */
    AUTH,
    /** A table, a database function or the root under {@code /rest/v1}. */
    REST,
    /** {@code /storage/v1}. */
    STORAGE,
    /** Each edge function under {@code /functions/v1}. */
    FUNCTIONS,
    /** Connect, {@code select 1}, the oldest transaction, the connections in use. */
    DATABASE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ProbeKind> byId(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id().equals(id)).findFirst();
    }

    /** @return all ids with commas, for messages */
    public static String ids() {
        return Arrays.stream(values()).map(ProbeKind::id).collect(Collectors.joining(", "));
    }
}
