package io.jenkins.plugins.supabase.core.backup.storage;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import java.util.List;

/** A project's storage as it was backed up. */
public record StorageParts(List<BackupPart> parts, StorageSummary summary) {
    public StorageParts {
        parts = List.copyOf(parts);
    }
}
