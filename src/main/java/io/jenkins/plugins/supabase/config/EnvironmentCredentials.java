package io.jenkins.plugins.supabase.config;

import io.jenkins.plugins.supabase.config.CredentialLookup.Login;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;

/** Turns the credential ids of an environment into the secrets behind them. */
public final class EnvironmentCredentials {
    private final EnvironmentConfiguration environment;
    private final CredentialLookup lookup;

    public EnvironmentCredentials(EnvironmentConfiguration environment, CredentialSource source) {
        this.environment = environment;
        this.lookup = new CredentialLookup(source);
    }

    /**
     * @return the secrets; null where the environment names no credential
     * @throws DeliveryException if a credential does not exist, is of another kind or cannot be seen from here
     */
    public Access resolve() {
        String owner = "The environment \"" + environment.getName() + "\"";
        SecretText accessToken =
                lookup.text(owner, "accessTokenCredentialsId", environment.getAccessTokenCredentialsId());
        Login database = lookup.login(owner, "databaseCredentialsId", environment.getDatabaseCredentialsId());
        SecretText apiKey = lookup.text(owner, "apiKeyCredentialsId", environment.getApiKeyCredentialsId());
        return new Access(
                accessToken,
                database == null ? null : database.user(),
                database == null ? null : database.password(),
                apiKey);
    }
}
