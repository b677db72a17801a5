package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings backups to a destination that lacks them, such as one that was down when they were made. Needs neither the
 * database nor a key that opens them: what is copied is the encrypted files, each compared with its SHA-256 on the
 * way.
 */
public final class BackupSync {
    private final BackupStore sources;
    private final Destination target;
    private final BackupKeys keys;
    private final Progress progress;

    /** @param sources where backups are copied from; damaged copies in the target are none of this */
    public BackupSync(String environment, BackupStore sources, Destination target, Progress progress) {
        this.sources = sources;
        this.target = target;
        this.keys = new BackupKeys(environment);
        this.progress = progress;
    }

    /**
     * What was copied.
     *
     * @param backups  ids of those that the target has now and had not before, the oldest first
     * @param bytes    of parts that were copied
     * @param problems a sentence for each backup that could not be copied, and for each destination that did not answer
     */
    public record Result(List<String> backups, long bytes, List<String> problems) {}

    /** @throws DestinationException when the target does not answer */
    public Result run(VerificationKey key) throws InterruptedException {
        Set<String> there = new BackupStore(keys.environment(), List.of(target))
                .list(key).backups().stream().map(backup -> backup.manifest().id()).collect(Collectors.toSet());
        BackupStore.Listing listing = sources.list(key);
        List<StoredBackup> oldestFirst = new ArrayList<>(listing.backups());
        Collections.reverse(oldestFirst);
        List<String> copied = new ArrayList<>();
        List<String> problems = new ArrayList<>(listing.problems());
        long bytes = 0;
        for (StoredBackup backup : oldestFirst) {
            String id = backup.manifest().id();
            if (there.contains(id)) {
                continue;
            }
            try {
                bytes += copy(backup);
                copied.add(id);
                progress.line("Backup " + id + " is in destination " + target.name() + " now");
            } catch (DeliveryException e) {
                problems.add("The backup %s was not copied to destination %s. %s"
                        .formatted(id, target.name(), e.getMessage()));
            }
        }
        return new Result(copied, bytes, problems);
    }

    /** Parts, then the signature, then the manifest: the order in which a backup is made. */
    private long copy(StoredBackup backup) throws InterruptedException {
        String id = backup.manifest().id();
        PartFetcher fetcher = new PartFetcher(sources, backup);
        progress.line("Copying backup " + id + ": " + Count.of(backup.manifest().parts().size(), "part"));
        long bytes = 0;
        for (BackupPart part : backup.manifest().parts()) {
            String name = keys.part(part.sha256());
            Optional<BlobStat> stat = target.stat(name);
            if (stat.isEmpty() || !isUsable(stat.get(), part)) {
                target.locking().put(name, BlobContent.of(fetcher.fetch(part)));
                bytes += part.size();
            } else {
                target.lockAnew(name);
            }
        }
        Destination source = backup.destinations().get(0);
        byte[] signature = bytes(source, keys.signature(id));
        byte[] manifest = bytes(source, keys.manifest(id));
        target.locking().put(keys.signature(id), BlobContent.of(signature));
        target.locking().putIfAbsent(keys.manifest(id), BlobContent.of(manifest));
        return bytes;
    }

    /**
     * A copy of another size is what a damaged file system left; one of the right size is for verifyBackup to judge.
     * An old one, which no manifest may name, could be swept away before the manifest is there.
     */
    private static boolean isUsable(BlobStat stat, BackupPart part) {
        return stat.size() == part.size()
                && stat.lastModified().isAfter(Instant.now().minus(BackupPruning.GRACE.dividedBy(2)));
    }

    private static byte[] bytes(Destination destination, String key) throws InterruptedException {
        try (InputStream stream = destination.open(key)) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new DestinationException("%s in destination %s cannot be read: %s. Nothing was changed. Run it again."
                    .formatted(key, destination.name(), e.getMessage()), e);
        }
    }
}
