package io.jenkins.plugins.supabase.core.ledger;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How an environment stands with its backups. Of a backup that was verified several times, the last time counts.
 *
 * @param newest by its snapshot, of those that were found sound; null where there is none
 * @param drill  the last of these that was restored in a drill; null where there is none
 */
public record BackupStanding(VerifiedBackup newest, VerifiedBackup drill) {
    public static final BackupStanding NONE = new BackupStanding(null, null);

    /** @param newestFirst events of verifications */
    static BackupStanding of(List<AuditEntry> newestFirst) {
        Map<String, String> verdicts = new HashMap<>();
        newestFirst.forEach(event -> verdicts.putIfAbsent(event.subject(), event.kind()));
        List<VerifiedBackup> sound = newestFirst.stream()
                .filter(event -> event.kind().equals(VerifiedBackup.VERIFIED))
                .filter(event -> verdicts.get(event.subject()).equals(VerifiedBackup.VERIFIED))
                .map(VerifiedBackup::of)
                .toList();
        return new BackupStanding(
                sound.stream().max(Comparator.comparing(VerifiedBackup::snapshotTime)).orElse(null),
                sound.stream().filter(backup -> backup.rto() != null).findFirst().orElse(null));
    }
}
