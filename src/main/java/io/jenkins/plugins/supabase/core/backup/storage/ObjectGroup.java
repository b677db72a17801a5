package io.jenkins.plugins.supabase.core.backup.storage;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import java.util.List;

/**
 * Objects that are stored together: many small ones in one part, or one large one in several.
 *
 * @param parts        one archive, in their order
 * @param fingerprints of the objects in it
 * @param owner        the backup that listed it first; null for one that is new
 */
record ObjectGroup(List<BackupPart> parts, List<String> fingerprints, StoredBackup owner) {
    ObjectGroup {
        parts = List.copyOf(parts);
        fingerprints = List.copyOf(fingerprints);
    }
}
