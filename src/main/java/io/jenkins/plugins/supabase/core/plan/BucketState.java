package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.management.StoredBucket;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The settings of storage buckets as the ledger keeps them. */
public final class BucketState {
    private BucketState() {}

    /** @return settings by bucket, in the words of config.toml */
    public static SortedMap<String, SortedMap<String, String>> of(Collection<StoredBucket> buckets) {
        SortedMap<String, SortedMap<String, String>> state = new TreeMap<>();
        for (StoredBucket bucket : buckets) {
            SortedMap<String, String> settings = new TreeMap<>();
            settings.put("public", String.valueOf(bucket.isPublic()));
            settings.put("file_size_limit", bucket.fileSizeLimit() == null ? "unset" : bucket.fileSizeLimit().toString());
            settings.put(
                    "allowed_mime_types",
                    bucket.allowedMimeTypes() == null ? "any" : String.join(", ", bucket.allowedMimeTypes()));
            state.put(bucket.name(), settings);
        }
        return state;
    }
}
