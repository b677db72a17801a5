package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a deployment is given besides the release. Holds secrets, so it is never stored.
 *
 * @param secrets             of the edge functions, by name
 * @param secretCredentials   of Jenkins, where those secrets come from: credential id by name
 * @param variables           of the pipeline, for {@code env(NAME)}
 * @param credentialVariables for {@code env(NAME)}, never shown
 * @param previousSecrets     from the credentials that the running release named, for the way back
 * @param scratchUser         of the policy's server for throw-away databases; null where it names none
 * @param scratchPassword     of that user
 */
public record DeployInputs(
        Map<String, SecretText> secrets,
        Map<String, String> secretCredentials,
        Map<String, String> variables,
        Map<String, SecretText> credentialVariables,
        Map<String, SecretText> previousSecrets,
        String scratchUser,
        SecretText scratchPassword)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static final DeployInputs NONE = new DeployInputs(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), null, null);

    public DeployInputs {
        secrets = new LinkedHashMap<>(secrets);
        secretCredentials = new LinkedHashMap<>(secretCredentials);
        variables = new LinkedHashMap<>(variables);
        credentialVariables = new LinkedHashMap<>(credentialVariables);
        previousSecrets = new LinkedHashMap<>(previousSecrets);
    }

    public DeployInputs withPreviousSecrets(Map<String, SecretText> value) {
        return new DeployInputs(
                secrets, secretCredentials, variables, credentialVariables, value, scratchUser, scratchPassword);
    }

    public DeployInputs withSecrets(Map<String, SecretText> values, Map<String, String> credentials) {
        return new DeployInputs(
                values, credentials, variables, credentialVariables, previousSecrets, scratchUser, scratchPassword);
    }

    public DeployInputs withVariables(Map<String, String> plain, Map<String, SecretText> fromCredentials) {
        return new DeployInputs(
                secrets, secretCredentials, plain, fromCredentials, previousSecrets, scratchUser, scratchPassword);
    }

    public DeployInputs withScratch(String user, SecretText password) {
        return new DeployInputs(
                secrets, secretCredentials, variables, credentialVariables, previousSecrets, user, password);
    }

    /** Says which names it has, and no value. */
    @Override
    public String toString() {
        return "secrets " + secrets.keySet() + ", variables " + variables.keySet() + " and "
                + credentialVariables.keySet();
    }
}
