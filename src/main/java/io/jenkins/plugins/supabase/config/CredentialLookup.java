package io.jenkins.plugins.supabase.config;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Finds the secrets behind credential ids, and says of one that cannot be used who names it and what to do. */
public final class CredentialLookup {
    private final CredentialSource source;

    public CredentialLookup(CredentialSource source) {
        this.source = source;
    }

    /** A user name and the password that belongs to it. */
    public record Login(String user, SecretText password) {}

    /**
     * @param owner   who names it, such as {@code The environment "staging"}
     * @param setting where it is named there
     * @param id      null for none
     * @return null where no credential is named
     * @throws DeliveryException if it does not exist, is of another kind, is empty or cannot be seen from here
     */
    public SecretText text(String owner, String setting, String id) {
        if (id == null) {
            return null;
        }
        Named named = new Named(owner, setting, id);
        return named.use(named.find(StringCredentials.class, "Secret text").getSecret());
    }

    /** Like {@link #text}, for a user name with a password. */
    public Login login(String owner, String setting, String id) {
        if (id == null) {
            return null;
        }
        Named named = new Named(owner, setting, id);
        StandardUsernamePasswordCredentials found =
                named.find(StandardUsernamePasswordCredentials.class, "Username with password");
        return new Login(found.getUsername(), named.use(found.getPassword()));
    }

    private final class Named {
        private final String id;
        private final String purpose;
        private final String who;

        Named(String owner, String setting, String id) {
            this.id = id;
            this.purpose = owner + ": " + setting;
            this.who = owner + " names the credential \"" + id + "\" (" + setting + ")";
        }

        <C extends IdCredentials> C find(Class<C> kind, String kindName) {
            C found = source.find(id, kind);
            if (found != null) {
                return found;
            }
            if (source.exists(id)) {
                throw new DeliveryException(who + ", which is of another kind: it must be \"" + kindName
                        + "\". Nothing was done. Create a credential of that kind or name another one.");
            }
            throw new DeliveryException(who + ", which does not exist or cannot be used by this job. Nothing was done."
                    + " Create it with that id as \"" + kindName
                    + "\" in the global domain or in a folder above the job, or correct the id.");
        }

        /** Mostly the trace of a variable that was not set where the credentials are configured as code. */
        SecretText use(Secret secret) {
            if (secret.getPlainText().isBlank()) {
                throw new DeliveryException(who + ", which is empty. Nothing was done. Enter its secret; where it is"
                        + " configured as code, look whether its variable is set.");
            }
            source.used(id, purpose);
            return new SecretText(secret.getPlainText());
        }
    }
}
