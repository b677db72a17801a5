package io.jenkins.plugins.supabase.core.environment;

import java.io.Serializable;
import java.util.Optional;

/**
 * A named target of deployments: a hosted Supabase project, or a self-hosted stack, which has no project reference.
 * Holds no secret.
 *
 * @param name          what a Jenkinsfile calls it, such as {@code staging}
 * @param projectRef    20 lower-case letters; null for a self-hosted stack
 * @param managementUrl base of the Management API, without a trailing slash
 * @param projectUrl    base of the project's own endpoints ({@code /auth/v1}, {@code /rest/v1} …), without a trailing slash
 * @param databaseUrl   {@code postgresql://host:port/database?parameters}, without user and password
 */
public record Environment(String name, String projectRef, String managementUrl, String projectUrl, String databaseUrl)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final String DEFAULT_MANAGEMENT_URL = "https://api.supabase.com";

    public Optional<String> hostedProject() {
        return Optional.ofNullable(projectRef);
    }
}
