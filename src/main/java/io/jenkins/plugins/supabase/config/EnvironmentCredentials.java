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
        SecretText accessToken =
                lookup.text(owner(), "accessTokenCredentialsId", environment.getAccessTokenCredentialsId());
        SecretText apiKey = lookup.text(owner(), "apiKeyCredentialsId", environment.getApiKeyCredentialsId());
        Access database = databaseOnly();
        return new Access(accessToken, database.databaseUser(), database.databasePassword(), apiKey);
    }

    /** Like {@link #resolve}, of the database's credential alone. */
    public Access databaseOnly() {
        Login login = lookup.login(owner(), "databaseCredentialsId", environment.getDatabaseCredentialsId());
        return new Access(null, login == null ? null : login.user(), login == null ? null : login.password(), null);
    }

    private String owner() {
        return "The environment \"" + environment.getName() + "\"";
    }
}
