package io.jenkins.plugins.supabase.core.bucket;

import io.jenkins.plugins.supabase.core.bucket.BucketChange.Setting;
import io.jenkins.plugins.supabase.core.config.DeclaredBucket;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the storage buckets that are declared with those that exist. Others stay as they are; none is ever deleted.
 */
public final class BucketPlanner {
    private BucketPlanner() {}

    /**
     * Calls nothing.
     *
     * @param live what the project's Storage API lists; the Management API's list has no limits
     * @throws DeliveryException that names every declaration that Storage would refuse
     */
    public static BucketPlan plan(Collection<DeclaredBucket> declared, Collection<StoredBucket> live) {
        BucketRules.check(declared);
        Map<String, DeclaredBucket> byName = new TreeMap<>();
        declared.forEach(bucket -> byName.put(bucket.name(), bucket));
        Map<String, StoredBucket> existing = new TreeMap<>();
        live.forEach(bucket -> existing.put(bucket.name(), bucket));
        List<BucketChange> changes = new ArrayList<>();
        byName.forEach((name, bucket) -> {
            StoredBucket now = existing.get(name);
            List<Setting> settings = BucketSettings.differences(bucket, now);
            if (now == null || !settings.isEmpty()) {
                changes.add(new BucketChange(name, now == null, settings));
            }
        });
        return new BucketPlan(changes, byName, existing);
    }

    /**
     * The way back: gives changed buckets the settings that they had. Buckets that the deployment created stay, with
     * what is in them by now.
     *
     * @param before see {@link BucketPlan#snapshot}
     */
    public static BucketPlan takingBack(Collection<StoredBucket> before, Collection<StoredBucket> live) {
        List<String> names = live.stream().map(StoredBucket::name).toList();
        return plan(
                before.stream()
                        .filter(bucket -> names.contains(bucket.name()))
                        .map(BucketSettings::declaring)
                        .toList(),
                live);
    }
}
