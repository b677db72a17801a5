package io.jenkins.plugins.supabase.core.management;

import io.jenkins.plugins.supabase.core.environment.Environment;

/**
 * Who answers a call, in the words of its failures.
 *
 * @param name              at the beginning of a sentence
 * @param url               its base
 * @param urlSetting        of an environment, which holds the address
 * @param secret            what is sent to be let in
 * @param credentialSetting of an environment, which names the credential with the secret
 */
record Service(String name, String url, String urlSetting, String secret, String credentialSetting) {
    static Service management(Environment environment) {
        return new Service(
                "The Management API",
                environment.managementUrl(),
                "managementUrl",
                "access token",
                "accessTokenCredentialsId");
    }

    static Service storage(Environment environment) {
        return new Service(
                "The Storage API", environment.projectUrl(), "projectUrl", "secret API key", "apiKeyCredentialsId");
    }
}
