package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A backup that was made, for pages and pipelines: without the list of its parts, which may be long.
 *
 * @param snapshotTime   ISO 8601, by the database's clock
 * @param rpoSeconds     since the snapshot of the backup before; null for a first one
 * @param durationMillis of making it
 * @param signedBy       id of the key that checks its signature
 * @param destinations   that hold it
 * @param failures       why, by name of each destination that does not
 * @param bytes          of all parts as they are stored in each destination
 * @param plainBytes     of what is in them
 * @param contents       what is in it, in the order of the manifest
 * @param storage        what it has of the storage; null for nothing
 * @param problems       a sentence for each thing that should be in it and is not
 */
public record BackupSummary(
        String id,
        String environment,
        long sequence,
        String snapshotTime,
        Long rpoSeconds,
        long durationMillis,
        String server,
        String client,
        String tool,
        List<String> recipients,
        String signedBy,
        List<String> notes,
        List<String> destinations,
        Map<String, String> failures,
        int parts,
        long rows,
        long bytes,
        long plainBytes,
        List<Content> contents,
        StorageSummary storage,
        List<String> problems)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /**
     * Parts that belong together.
     *
     * @param kind as manifests spell it, such as {@code table}
     * @param name of the table, qualified; empty for other kinds
     */
    public record Content(String kind, String name, int parts, long rows, long bytes, long plainBytes)
            implements Serializable {
        private static final long serialVersionUID = 1L;

        private Content plus(BackupPart part) {
            return new Content(
                    kind, name, parts + 1, rows + part.rows(), bytes + part.size(), plainBytes + part.plainSize());
        }
    }

    /** @param failures of destinations that do not have it */
    static BackupSummary of(
            BackupManifest manifest,
            List<String> destinations,
            Map<String, String> failures,
            List<String> problems,
            long durationMillis) {
        return new BackupSummary(
                manifest.id(),
                manifest.environment(),
                manifest.sequence(),
                manifest.snapshotTime().toString(),
                manifest.rpo() == null ? null : manifest.rpo().toSeconds(),
                durationMillis,
                manifest.server(),
                manifest.client(),
                manifest.tool(),
                new ArrayList<>(manifest.recipients().stream().map(AgeRecipient::text).toList()),
                manifest.signedBy(),
                new ArrayList<>(manifest.notes()),
                new ArrayList<>(destinations),
                new TreeMap<>(failures),
                manifest.parts().size(),
                manifest.rows(),
                manifest.size(),
                manifest.parts().stream().mapToLong(BackupPart::plainSize).sum(),
                contents(manifest),
                manifest.storage(),
                new ArrayList<>(problems));
    }

    private static List<Content> contents(BackupManifest manifest) {
        Map<String, Content> contents = new LinkedHashMap<>();
        for (BackupPart part : manifest.parts()) {
            String kind = part.kind().word();
            String name = part.table().isEmpty() ? "" : part.schema() + "." + part.table();
            Content before = contents.getOrDefault(kind + " " + name, new Content(kind, name, 0, 0, 0, 0));
            contents.put(kind + " " + name, before.plus(part));
        }
        return new ArrayList<>(contents.values());
    }
}
