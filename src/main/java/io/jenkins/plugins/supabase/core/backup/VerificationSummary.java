package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.restore.Verification;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a verification found, for pages and pipelines.
 *
 * @param snapshotTime   ISO 8601, of the backup
 * @param depth          hashes, read or restore
 * @param time           ISO 8601, when it began
 * @param durationMillis of the whole
 * @param rtoMillis      how long the restore of a drill took; null for other depths
 * @param problems       a sentence each; none for a sound one
 * @param destinations   that hold the backup
 */
public record VerificationSummary(
        String id,
        String environment,
        String snapshotTime,
        String depth,
        String time,
        boolean sound,
        long durationMillis,
        Long rtoMillis,
        List<String> problems,
        List<String> destinations,
        int parts,
        long rows,
        long bytes)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public static VerificationSummary of(StoredBackup backup, Verification verification) {
        BackupManifest manifest = backup.manifest();
        return new VerificationSummary(
                manifest.id(),
                manifest.environment(),
                manifest.snapshotTime().toString(),
                verification.depth().word(),
                verification.time().toString(),
                verification.isSound(),
                verification.duration().toMillis(),
                verification.rto() == null ? null : verification.rto().toMillis(),
                new ArrayList<>(verification.problems()),
                new ArrayList<>(backup.destinationNames()),
                manifest.parts().size(),
                manifest.rows(),
                manifest.size());
    }
}
