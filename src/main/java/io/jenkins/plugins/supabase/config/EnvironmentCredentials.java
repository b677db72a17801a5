package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Turns the credential ids of an environment into the secrets behind them. */
public final class EnvironmentCredentials {
    private final EnvironmentConfiguration environment;
    private final CredentialSource source;

    public EnvironmentCredentials(EnvironmentConfiguration environment, CredentialSource source) {
        this.environment = environment;
        this.source = source;
    }

    /**
     * @return the secrets; null where the environment names no credential
     * @throws DeliveryException if a credential does not exist, is of another kind or cannot be seen from here
     */
    public Access resolve() {
        StringCredentials accessToken = find(
                "accessTokenCredentialsId",
                environment.getAccessTokenCredentialsId(),
                StringCredentials.class,
                "Secret text");
        StandardUsernamePasswordCredentials database = find(
                "databaseCredentialsId",
                environment.getDatabaseCredentialsId(),
                StandardUsernamePasswordCredentials.class,
                "Username with password");
        StringCredentials apiKey = find(
                "apiKeyCredentialsId", environment.getApiKeyCredentialsId(), StringCredentials.class, "Secret text");
        return new Access(
                accessToken == null ? null : notEmpty(accessToken, accessToken.getSecret()),
                database == null ? null : database.getUsername(),
                database == null ? null : notEmpty(database, database.getPassword()),
                apiKey == null ? null : notEmpty(apiKey, apiKey.getSecret()));
    }

    /** Mostly the trace of a variable that was not set where the credentials are configured as code. */
    private SecretText notEmpty(IdCredentials credential, Secret secret) {
        if (secret.getPlainText().isBlank()) {
            throw new DeliveryException("The credential \"" + credential.getId() + "\" of the environment \""
                    + environment.getName() + "\" is empty. Nothing was done. Enter its secret; where it is configured as"
                    + " code, look whether its variable is set.");
        }
        return new SecretText(secret.getPlainText());
    }

    private <C extends IdCredentials> C find(String setting, String id, Class<C> kind, String kindName) {
        if (id == null) {
            return null;
        }
        C found = source.find(id, kind);
        if (found != null) {
            return found;
        }
        String environmentAndSetting = "The environment \"" + environment.getName() + "\" names the credential \"" + id
                + "\" (" + setting + ")";
        if (source.exists(id)) {
            throw new DeliveryException(environmentAndSetting + ", which is of another kind: it must be \"" + kindName
                    + "\". Nothing was done. Create a credential of that kind or name another one.");
        }
        throw new DeliveryException(environmentAndSetting + ", which does not exist or cannot be used by this job."
                + " Nothing was done. Create it with that id as \"" + kindName
                + "\" in the global domain or in a folder above the job, or correct the id.");
    }
}
