package io.jenkins.plugins.supabase.core.backup.restore;

import java.io.Serializable;

/**
 * What became of the storage objects of a backup.
 *
 * @param buckets   that were made
 * @param written   objects
 * @param bytes     in them
 * @param same      objects that were there already
 * @param different objects that are there, are others, and were left alone
 */
public record RestoredStorage(int buckets, long written, long bytes, long same, long different)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
