package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.model.Run;
import hudson.security.ACL;
import java.util.List;
import jenkins.model.Jenkins;

/** Where credentials are looked up: what one build may use, or what the controller itself has. */
public interface CredentialSource {
    /** @return null if there is none of that id and kind */
    <C extends IdCredentials> C find(String id, Class<C> kind);

    /** @return whether there is one of that id, of whatever kind */
    boolean exists(String id);

    /**
     * Called for each secret that was handed out.
     *
     * @param purpose who names the credential and where, such as {@code The environment "staging": apiKeyCredentialsId}
     */
    default void used(String id, String purpose) {}

    /** What the build may use; every use is tracked on the credential's page. */
    static CredentialSource of(Run<?, ?> run) {
        return new CredentialSource() {
            @Override
            public <C extends IdCredentials> C find(String id, Class<C> kind) {
                C found = CredentialsProvider.findCredentialById(id, kind, run, List.of());
                return found == null ? null : CredentialsProvider.track(run, found);
            }

            @Override
            public boolean exists(String id) {
                return CredentialsProvider.findCredentialById(id, IdCredentials.class, run, List.of()) != null;
            }
        };
    }

    /** The controller's own store, for administrators who try a configuration out. */
    static CredentialSource ofController() {
        return new CredentialSource() {
            @Override
            public <C extends IdCredentials> C find(String id, Class<C> kind) {
                return CredentialsProvider.lookupCredentialsInItemGroup(
                                kind, Jenkins.get(), ACL.SYSTEM2, List.of())
                        .stream()
                        .filter(credential -> credential.getId().equals(id))
                        .findFirst()
                        .orElse(null);
            }

            @Override
            public boolean exists(String id) {
                return find(id, IdCredentials.class) != null;
            }
        };
    }
}
