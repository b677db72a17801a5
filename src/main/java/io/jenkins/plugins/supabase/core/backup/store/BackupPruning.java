package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.DeletionRefusedException;
import io.jenkins.plugins.supabase.core.blob.Destination;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes backups out of one destination. A backup's manifest goes first, so that from then on nobody counts on it;
 * parts go in a sweep of their own, which may be ended anywhere and done again. No backup that is listed ever lacks
 * a part for it.
 */
public final class BackupPruning {
    /**
     * A part that no manifest names may belong to a backup that is being made, whose manifest comes last. No backup
     * takes longer, even when the destination's clock and ours differ.
     */
    public static final Duration GRACE = Duration.ofDays(2);

    private final String environment;
    private final BackupKeys keys;
    private final Destination destination;

    public BackupPruning(String environment, Destination destination) {
        this.environment = environment;
        this.keys = new BackupKeys(environment);
        this.destination = destination;
    }

    /**
     * Takes a backup from the list; its parts stay until a sweep.
     *
     * @throws DeletionRefusedException when its manifest stays, so that the backup is there as before
     */
    public void remove(String id) throws InterruptedException {
        destination.delete(keys.manifest(BackupId.check(id)));
        try {
            destination.delete(keys.signature(id));
            for (BlobStat verification : destination.list(keys.verifications(id))) {
                destination.delete(verification.key());
            }
        } catch (DeletionRefusedException e) {
            // The backup is gone with its manifest; sweeps try again.
        }
    }

    /**
     * What a sweep did.
     *
     * @param parts  number of parts that were deleted
     * @param bytes  in them
     * @param reason why nothing was deleted, or not everything; empty otherwise
     */
    public record Sweep(int parts, long bytes, Optional<String> reason) {}

    /**
     * Deletes parts that no backup of this destination names, unless they are younger than {@link #GRACE}. Nothing is
     * deleted while there is a manifest that cannot be trusted: nobody knows which parts it names.
     */
    public Sweep sweep(VerificationKey key, Instant now) throws InterruptedException {
        BackupStore store = new BackupStore(environment, List.of(destination));
        // Parts before manifests: a backup that is published in between has its parts in neither list, or in both.
        List<BlobStat> parts = destination.list(keys.parts());
        BackupStore.Listing listing = store.list(key);
        if (!listing.problems().isEmpty()) {
            return new Sweep(0, 0, Optional.of(("No part was deleted in destination %s, as they may belong to a"
                            + " backup whose manifest is not to be trusted. ").formatted(destination.name())
                    + String.join(" ", listing.problems())));
        }
        Set<String> named = new HashSet<>();
        for (StoredBackup backup : listing.backups()) {
            for (BackupPart part : backup.manifest().parts()) {
                named.add(keys.part(part.sha256()));
            }
        }
        deleteAttempts(listing.backups(), now);
        Deleting swept = new Deleting(now.minus(GRACE));
        for (BlobStat part : parts) {
            if (!named.contains(part.key())) {
                swept.delete(part);
            }
        }
        return new Sweep(swept.objects, swept.bytes, Optional.ofNullable(swept.refusal));
    }

    /** Of objects that nothing needs. */
    private final class Deleting {
        private final Instant before;
        private int objects;
        private long bytes;
        private String refusal;

        /** @param before which an object was written that is deleted */
        Deleting(Instant before) {
            this.before = before;
        }

        void delete(BlobStat object) throws InterruptedException {
            if (!object.lastModified().isBefore(before)) {
                return;
            }
            try {
                destination.delete(object.key());
                objects++;
                bytes += object.size();
            } catch (DeletionRefusedException e) {
                refusal = refusal == null ? "Not every part that no backup needs could be deleted in destination "
                        + destination.name() + ". " + e.getMessage() : refusal;
            }
        }
    }

    /** What backups left, beside parts, that were ended before they had a manifest. */
    private void deleteAttempts(List<StoredBackup> listed, Instant now) throws InterruptedException {
        Set<String> signatures = new HashSet<>();
        listed.forEach(backup -> signatures.add(keys.signature(backup.manifest().id())));
        List<BlobStat> attempts = new ArrayList<>(destination.list(keys.unfinished()));
        destination.list(keys.manifests()).stream()
                .filter(stat -> stat.key().endsWith(BackupKeys.SIGNATURE) && !signatures.contains(stat.key()))
                .forEach(attempts::add);
        Deleting leftovers = new Deleting(now.minus(GRACE));
        for (BlobStat attempt : attempts) {
            leftovers.delete(attempt);
        }
        destination.sweepLeftovers(keys.root());
    }
}
