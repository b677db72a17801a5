package io.jenkins.plugins.supabase.core.environment;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;

/**
 * The secrets with which an environment is reached. A member is null where the environment has no credential for it;
 * the operation that needs it then fails and names the setting.
 *
 * @param accessToken      of the Management API
 * @param databaseUser     role that runs migrations, usually {@code postgres}
 * @param databasePassword of that role
 * @param apiKey           the project's secret API key, for probing its endpoints
 */
public record Access(SecretText accessToken, String databaseUser, SecretText databasePassword, SecretText apiKey)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
