package io.jenkins.plugins.supabase.core.backup.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one backup consists of. It is written last: a backup is there once its manifest is.
 *
 * @param sequence     1 for an environment's first backup, then one more each; backups are in this order, whatever
 *                     clocks say
 * @param snapshotTime by the database's clock
 * @param rpo          since the snapshot of the backup before; null for a first one
 * @param server       PostgreSQL's version there, such as 15.14
 * @param client       pg_dump's version
 * @param tool         the plugin's version
 * @param recipients   who can read it
 * @param signedBy     {@linkplain VerificationKey#id() id} of the key that checks the signature
 * @param notes        what was left out on purpose, a sentence each
 * @param storage      what it has of the storage; null for nothing
 * @param parts        in the order in which they are restored
 */
public record BackupManifest(
        String id,
        String environment,
        long sequence,
        Instant snapshotTime,
        Duration rpo,
        String server,
        String client,
        String tool,
        List<AgeRecipient> recipients,
        String signedBy,
        List<String> notes,
        StorageSummary storage,
        List<BackupPart> parts) {
    public BackupManifest {
        recipients = List.copyOf(recipients);
        notes = List.copyOf(notes);
        parts = List.copyOf(parts);
    }

    /** @return bytes of all parts as they are stored */
    public long size() {
        return parts.stream().mapToLong(BackupPart::size).sum();
    }

    public long rows() {
        return parts.stream().mapToLong(BackupPart::rows).sum();
    }

    public List<BackupPart> parts(PartKind kind) {
        return parts.stream().filter(part -> part.kind() == kind).toList();
    }
}
