package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which parts destinations have, and will have still when a backup that refers to them is published. Pruning may
 * delete an old part at any moment that no manifest names; it never takes some manifests.
 */
public final class KeptParts {
    /** For a first backup, which refers to nothing. */
    public static final KeptParts NONE = new KeptParts();

    private final Map<Destination, Map<String, Long>> there = new HashMap<>();
    private final Map<Destination, Set<String>> kept = new HashMap<>();

    /**
     * @param named  backups that pruning keeps wherever they are, such as the newest with storage objects
     * @param now    parts that will be older than {@link BackupPruning#GRACE} in a day are old
     */
    public static KeptParts of(BackupStore store, Collection<StoredBackup> named, Instant now)
            throws InterruptedException {
        KeptParts parts = new KeptParts();
        Duration young = BackupPruning.GRACE.dividedBy(2);
        for (Destination destination : store.destinations()) {
            Set<String> held = named.stream()
                    .filter(backup -> backup.destinations().contains(destination))
                    .flatMap(backup -> backup.manifest().parts().stream())
                    .map(BackupPart::sha256)
                    .collect(Collectors.toSet());
            Map<String, Long> sizes = new HashMap<>();
            Set<String> safe = new HashSet<>();
            for (BlobStat stat : parts(destination, store)) {
                String sha256 = stat.key().substring(stat.key().lastIndexOf('/') + 1);
                sizes.put(sha256, stat.size());
                if (stat.lastModified().isAfter(now.minus(young)) || held.contains(sha256)) {
                    safe.add(sha256);
                }
            }
            parts.there.put(destination, sizes);
            parts.kept.put(destination, safe);
        }
        return parts;
    }

    private static List<BlobStat> parts(Destination destination, BackupStore store) throws InterruptedException {
        try {
            return destination.list(store.keys().parts());
        } catch (DestinationException e) {
            // Storing in it will fail, too, and be reported then.
            return List.of();
        }
    }

    boolean isThere(Destination destination, BackupPart part) {
        return Long.valueOf(part.size()).equals(there.getOrDefault(destination, Map.of()).get(part.sha256()));
    }

    boolean isKept(Destination destination, BackupPart part) {
        return isThere(destination, part) && kept.get(destination).contains(part.sha256());
    }
}
