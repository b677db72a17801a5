package io.jenkins.plugins.supabase.local.runner.credentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** The kinds of credentials that a configuration file can hold here. Their text forms hide the secret. */
public sealed interface LocalCredentials extends StandardCredentials {
    String id();

    String description();

    @Override
    default String getId() {
        return id();
    }

    @Override
    default String getDescription() {
        return description();
    }

    /** Secret text. */
    record Text(String id, String description, Secret secret) implements LocalCredentials, StringCredentials {
        @Override
        public Secret getSecret() {
            return secret;
        }
    }

    /** Username with password. */
    record UsernamePassword(String id, String description, String username, Secret password)
            implements LocalCredentials, StandardUsernamePasswordCredentials {
        @Override
        public String getUsername() {
            return username;
        }

        @Override
        public Secret getPassword() {
            return password;
        }
    }

    /** Secret file; the content is kept in Base64, as the configuration file has it. */
    record File(String id, String description, String fileName, Secret base64) implements LocalCredentials {}
}
