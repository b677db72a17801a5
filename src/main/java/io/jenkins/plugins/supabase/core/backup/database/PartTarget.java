package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.backup.format.SealedPart;

/** Takes finished parts. For several threads. */
@FunctionalInterface
public interface PartTarget {
    void store(SealedPart part) throws InterruptedException;
}
