package io.jenkins.plugins.supabase.core.backup.format;

import java.io.Serializable;

/**
 * What a backup has of a project's storage.
 *
 * @param objects that the snapshot lists
 * @param bytes   in them
 * @param read    objects that were read for this backup
 * @param reused  objects whose parts are those of an earlier backup
 * @param changed objects that were replaced after the snapshot: the backup has the newer bytes
 * @param missing objects without bytes: deleted after the snapshot, or lost by the store
 */
public record StorageSummary(int buckets, long objects, long bytes, long read, long reused, long changed, long missing)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
