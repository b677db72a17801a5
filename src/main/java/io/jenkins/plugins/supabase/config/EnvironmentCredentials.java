package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
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
                secret(accessToken),
                database == null ? null : database.getUsername(),
                database == null ? null : new SecretText(database.getPassword().getPlainText()),
                secret(apiKey));
    }

    private static SecretText secret(StringCredentials credential) {
        return credential == null ? null : new SecretText(credential.getSecret().getPlainText());
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
