package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Brings the parts of one backup to all destinations at once. A destination that fails gets nothing further, the others
 * go on. What is kept in memory is a few parts for each: the fastest destination holds the backup up where it is slower
 * than the database, the others for a while only. One that is slower than that misses parts, and gets them from the
 * others once all has been read.
 */
public final class PartSender implements AutoCloseable {
    /** How long a destination may keep the others waiting, all in all. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final BackupStore store;
    private final int minDestinations;
    private final Progress progress;
    private final Duration patience;
    private final LongSupplier nanos;
    private final Object monitor = new Object();
    private final List<Lane> lanes;

    /** @param minDestinations how many have to stay for the backup to be worth going on */
    public PartSender(BackupStore store, int minDestinations, Progress progress) {
        this(store, minDestinations, progress, PATIENCE, System::nanoTime);
    }

    PartSender(BackupStore store, int minDestinations, Progress progress, Duration patience, LongSupplier nanos) {
        this.store = store;
        this.minDestinations = minDestinations;
        this.progress = progress;
        this.patience = patience;
        this.nanos = nanos;
        this.lanes = store.destinations().stream()
                .map(destination -> new Lane(destination, monitor, nanos))
                .toList();
    }

    /**
     * Returns once it is on its way; it may not be stored yet.
     *
     * @throws DeliveryException when too few destinations are left
     */
    public void send(BlobContent part) throws InterruptedException {
        distribute(part, lanes, false);
        rescue();
        requireEnough();
    }

    /** What one that failed had taken, and not stored, goes to those that missed it. */
    private void rescue() throws InterruptedException {
        synchronized (monitor) {
            for (Lane failed : lanes) {
                for (BlobContent part : failed.dropped()) {
                    List<Lane> lacking = lanes.stream().filter(lane -> lane.misses(part.sha256())).toList();
                    distribute(part, lacking, true);
                }
            }
        }
    }

    /** @param wanted lanes whose destination lacks the part; all others have it */
    private void distribute(BlobContent part, List<Lane> wanted, boolean again) throws InterruptedException {
        String key = store.keys().part(part.sha256());
        synchronized (monitor) {
            List<Lane> waiting = new ArrayList<>(wanted);
            waiting.removeIf(lane -> !lane.isLive() || lane.take(key, part, again));
            while (!waiting.isEmpty()) {
                List<Lane> slow = waiting.stream().filter(lane -> canDoWithout(waiting)).toList();
                slow.stream().filter(this::isTooSlow).forEach(lane -> {
                    miss(lane, part);
                    waiting.remove(lane);
                });
                if (waiting.isEmpty()) {
                    return;
                }
                long start = nanos.getAsLong();
                monitor.wait(Lane.LOOK_MILLIS);
                long waited = nanos.getAsLong() - start;
                slow.forEach(lane -> lane.holdsUp(waited));
                waiting.forEach(Lane::failWhereItStandsStill);
                waiting.removeIf(lane -> !lane.isLive() || lane.take(key, part, again));
            }
        }
    }

    /** One lane with all parts is better than several that have to complete each other. */
    private boolean canDoWithout(List<Lane> waiting) {
        boolean wholeThere = lanes.stream().anyMatch(lane -> lane.isLive() && !lane.isBehind());
        return lanes.stream()
                .filter(lane -> lane.isLive() && !waiting.contains(lane))
                .anyMatch(lane -> !wholeThere || !lane.isBehind());
    }

    private boolean isTooSlow(Lane lane) {
        return lane.isBehind() || lane.heldUp().compareTo(patience) >= 0;
    }

    private void miss(Lane lane, BlobContent part) {
        if (!lane.isBehind()) {
            progress.line("Destination " + lane.name() + " is slower than the others: what it misses is copied to it"
                    + " from them at the end");
        }
        lane.miss(part.sha256());
    }

    /**
     * Takes a part of an earlier backup for this one as well: destinations that have it keep it, the others get it from
     * them.
     *
     * @param owner that lists it
     * @return whether all have it, or get it; not, where nobody has a sound copy
     */
    public boolean reference(BackupPart part, StoredBackup owner, KeptParts kept) throws InterruptedException {
        List<Lane> lacking = lanes.stream()
                .filter(lane -> lane.isLive() && !kept.isKept(lane.destination(), part))
                .toList();
        String key = store.keys().part(part.sha256());
        lanes.stream()
                .filter(lane -> !lacking.contains(lane))
                .forEach(lane -> lane.begin(destination -> destination.lockAnew(key)));
        if (lacking.isEmpty()) {
            return true;
        }
        List<Destination> having = lanes.stream()
                .map(Lane::destination)
                .filter(destination -> kept.isThere(destination, part))
                .toList();
        try {
            distribute(copy(part, owner.manifest(), having), lacking, true);
            return true;
        } catch (DeliveryException e) {
            return false;
        }
    }

    private BlobContent copy(BackupPart part, BackupManifest manifest, List<Destination> having)
            throws InterruptedException {
        return BlobContent.of(new PartFetcher(store, new StoredBackup(manifest, having, List.of())).fetch(part));
    }

    /**
     * Waits until all that was sent is stored, and notes it for another attempt to go on from; not in destinations that
     * are behind.
     *
     * @param soFar with the parts that are there already
     */
    public void keepProgress(BackupManifest soFar, SigningKey key) throws InterruptedException {
        for (Lane lane : whole()) {
            lane.await();
            lane.begin(destination -> store.keepUnfinished(destination, soFar, key));
            lane.await();
        }
    }

    private List<Lane> whole() {
        return lanes.stream().filter(lane -> !lane.isBehind()).toList();
    }

    private void requireEnough() {
        long left = lanes.stream().filter(Lane::isLive).count();
        if (left < minDestinations) {
            throw new DeliveryException("The backup was given up: of " + lanes.size() + " destinations only " + left
                    + " can still be written to, and " + minDestinations
                    + " are wanted. Nothing of it is listed; the backups before it are as they were. "
                    + String.join(" ", failures().values()));
        }
    }

    /**
     * Waits until all parts are stored, then publishes the backup in each destination that has them all; those that are
     * behind get what they missed from the others first.
     *
     * @return names of those destinations
     * @throws DeliveryException when they are too few; those that have it keep it
     */
    public List<String> commit(BackupManifest manifest, SigningKey key) throws InterruptedException {
        List<Lane> whole = whole();
        for (Lane lane : whole) {
            lane.await();
        }
        rescue();
        requireEnough();
        for (Lane lane : whole) {
            publish(lane, manifest, key);
        }
        catchUp(manifest, key);
        List<String> names = lanes.stream().filter(Lane::isLive).map(Lane::name).toList();
        if (names.size() < minDestinations) {
            throw new DeliveryException("The backup %s is in %s only, and %d destinations are wanted. %s%s".formatted(
                    manifest.id(), names.isEmpty() ? "no destination" : String.join(", ", names), minDestinations,
                    names.isEmpty() ? "" : "It is whole there and stays. ", String.join(" ", failures().values())));
        }
        return names;
    }

    private void publish(Lane lane, BackupManifest manifest, SigningKey key) throws InterruptedException {
        lane.begin(destination -> store.commit(destination, manifest, key));
        lane.await();
        if (!manifest.parts(PartKind.OBJECT_INDEX).isEmpty()) {
            lane.begin(store::forgetUnfinished);
            lane.await();
        }
    }

    private void catchUp(BackupManifest manifest, SigningKey key) throws InterruptedException {
        List<Lane> behind = lanes.stream().filter(lane -> lane.isLive() && lane.isBehind()).toList();
        if (behind.isEmpty()) {
            return;
        }
        for (Lane lane : behind) {
            Set<String> missed = lane.missed();
            progress.line("Copying %s to destination %s that it was too slow for"
                    .formatted(Count.of(missed.size(), "part"), lane.name()));
            manifest.parts().stream().filter(part -> missed.contains(part.sha256())).forEach(part -> {
                List<Destination> having = having(part);
                lane.begin(destination -> destination.locking().put(
                        store.keys().part(part.sha256()), copy(part, manifest, having)));
            });
        }
        List<Lane> left = new ArrayList<>(behind);
        while (!left.isEmpty()) {
            Lane next = firstIdle(left);
            left.remove(next);
            publish(next, manifest, key);
        }
    }

    /** @return who is likely to have a sound copy, the likeliest first */
    private List<Destination> having(BackupPart part) {
        return lanes.stream()
                .filter(lane -> !lane.missed().contains(part.sha256()))
                .sorted(Comparator.comparing(lane -> !lane.isLive()))
                .map(Lane::destination)
                .toList();
    }

    private Lane firstIdle(List<Lane> busy) throws InterruptedException {
        synchronized (monitor) {
            while (true) {
                for (Lane lane : busy) {
                    lane.failWhereItStandsStill();
                    if (lane.isIdle()) {
                        return lane;
                    }
                }
                monitor.wait(Lane.LOOK_MILLIS);
            }
        }
    }

    /** @return why, by name of the destination */
    public Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        for (Lane lane : lanes) {
            if (!lane.isLive()) {
                failures.put(lane.name(), lane.failure().getMessage());
            }
        }
        return failures;
    }

    @Override
    public void close() {
        lanes.forEach(Lane::stop);
        boolean interrupted = Thread.interrupted();
        for (Lane lane : lanes) {
            try {
                lane.awaitStop();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
