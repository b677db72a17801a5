package io.jenkins.plugins.supabase.core.secret;

import io.jenkins.plugins.supabase.core.management.StoredSecret;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a deployment would do with the function secrets of an environment. See {@link SecretPlanner}.
 */
public final class SecretPlan {
    private final List<SecretChange> changes;
    private final List<SecretDrift> changedOutside;
    private final Map<String, WantedSecret> wanted;
    private final Map<String, StoredSecret> live;

    SecretPlan(
            List<SecretChange> changes,
            List<SecretDrift> changedOutside,
            Map<String, WantedSecret> wanted,
            Map<String, StoredSecret> live) {
        this.changes = List.copyOf(changes);
        this.changedOutside = List.copyOf(changedOutside);
        this.wanted = Map.copyOf(wanted);
        this.live = Map.copyOf(live);
    }

    /** @return one a secret of the deployment or the environment, sorted by name; the platform's own not included */
    public List<SecretChange> changes() {
        return changes;
    }

    /** @return secrets that somebody else changed since the last deployment, sorted by name */
    public List<SecretDrift> changedOutside() {
        return changedOutside;
    }

    Map<String, WantedSecret> wanted() {
        return wanted;
    }

    /** @return what was listed when the plan was made; its digests are for memory only */
    public Collection<StoredSecret> stored() {
        return live.values();
    }

    /** @return for the ledger: the deployment's secrets as they were listed, where applying has nothing to do */
    public List<RecordedSecret> asListed() {
        return SecretApplier.record(wanted.values(), live);
    }

    Map<String, StoredSecret> live() {
        return live;
    }
}
