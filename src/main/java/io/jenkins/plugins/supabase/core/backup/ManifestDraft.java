package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.database.DatabaseParts;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A manifest that is still to become whole.
 *
 * @param earlier backups, the newest first
 */
record ManifestDraft(
        BackupRequest request, BackupStore.Name name, List<StoredBackup> earlier, DatabaseParts database) {

    /** @param parts all that it lists */
    BackupManifest unfinished(List<BackupPart> parts) {
        return manifest(List.of(), null, parts);
    }

    /** @param notes what was left out, a sentence each */
    BackupManifest whole(ProjectBackup project, List<String> notes) {
        List<String> all = new ArrayList<>(database.notes());
        all.addAll(notes);
        all.addAll(project.notes());
        all.addAll(project.problems());
        List<BackupPart> parts = new ArrayList<>(database.parts());
        parts.addAll(project.parts());
        return manifest(all, project.summary(), parts);
    }

    private BackupManifest manifest(List<String> notes, StorageSummary storage, List<BackupPart> parts) {
        Duration rpo = earlier.isEmpty()
                ? null
                : Duration.between(earlier.get(0).manifest().snapshotTime(), database.snapshotTime());
        return new BackupManifest(
                name.id(),
                request.environment().name(),
                name.sequence(),
                database.snapshotTime(),
                rpo,
                database.server(),
                database.client(),
                request.tool(),
                request.recipients(),
                request.signingKey().verificationKey().id(),
                notes,
                storage,
                parts);
    }
}
