package io.jenkins.plugins.supabase.core.bucket;

import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import java.util.List;
import java.util.Map;

/** What a deployment would do with the storage buckets of an environment. See {@link BucketPlanner}. */
public final class BucketPlan {
    private final List<BucketChange> changes;
    private final Map<String, DeclaredBucket> declared;
    private final Map<String, StoredBucket> live;

    BucketPlan(List<BucketChange> changes, Map<String, DeclaredBucket> declared, Map<String, StoredBucket> live) {
        this.changes = List.copyOf(changes);
        this.declared = Map.copyOf(declared);
        this.live = Map.copyOf(live);
    }

    /** @return those that are new or differ, sorted by name */
    public List<BucketChange> changes() {
        return changes;
    }

    /** @return names of existing buckets that everybody could read afterwards, and could not before; sorted */
    public List<String> opened() {
        return changes.stream().filter(BucketChange::opens).map(BucketChange::name).toList();
    }

    /** @return how the existing buckets that would be changed are now: for the ledger, and for {@link #takingBack} */
    public List<StoredBucket> snapshot() {
        return changes.stream()
                .filter(change -> !change.isNew())
                .map(change -> live.get(change.name()))
                .toList();
    }

    DeclaredBucket declared(String name) {
        return declared.get(name);
    }

    StoredBucket live(String name) {
        return live.get(name);
    }
}
