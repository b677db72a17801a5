package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.operation.SecretText;

/**
 * A function secret as a deployment asks for it.
 *
 * @param credentialsId of Jenkins, where the value comes from; null for one that has no credential, such as a setting
 */
public record WantedSecret(String name, String credentialsId, SecretText value) {}
