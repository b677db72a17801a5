package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthRequest;
import io.jenkins.plugins.supabase.core.management.ProxySettings;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an environment shall go back to. Travels to the agent; never stored, since it holds secrets.
 *
 * @param to              version or digest of a release that ran there; null for the one before
 * @param previousSecrets values of the secrets that this release had, from the credentials that it named
 * @param health          what the environment must answer afterwards; null where nobody asks
 * @param destinations    that keep releases
 * @param proxy           for the Management API; null for direct connections
 */
public record RollbackRequest(
        Environment environment,
        Access access,
        String to,
        Map<String, SecretText> previousSecrets,
        HealthRequest health,
        List<DestinationSettings> destinations,
        Origin origin,
        ProxySettings proxy)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public RollbackRequest {
        previousSecrets = new HashMap<>(previousSecrets);
        destinations = new ArrayList<>(destinations);
    }

    public RollbackRequest withPreviousSecrets(Map<String, SecretText> value) {
        return new RollbackRequest(environment, access, to, value, health, destinations, origin, proxy);
    }

    /** Says where to, and no secret. */
    @Override
    public String toString() {
        return "rollback of " + environment.name() + " to " + (to == null ? "the release before" : to);
    }
}
