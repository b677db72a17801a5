package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Brings the parts of one backup to all destinations at once. A destination that fails gets nothing further, the
 * others go
 * on. One that is slower than the database holds the backup up, as nothing is kept but a few parts in memory.
 */
public final class PartSender implements AutoCloseable {
    private static final int AT_ONCE = 2;
    private static final int WAITING = 3;

    private final BackupStore store;
    private final int minDestinations;
    private final List<Lane> lanes = new ArrayList<>();

    /** @param minDestinations how many have to stay for the backup to be worth going on */
    public PartSender(BackupStore store, int minDestinations) {
        this.store = store;
        this.minDestinations = minDestinations;
        store.destinations().forEach(destination -> lanes.add(new Lane(destination)));
    }

    /** The way to one destination. */
    private final class Lane {
        private final Destination destination;
        private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
            Thread thread = new Thread(task, "supabase-delivery-backup-store");
            thread.setDaemon(true);
            return thread;
        });
        /** Fair, so that waiting for all to be stored comes to an end while others go on sending. */
        private final Semaphore room = new Semaphore(WAITING, true);
        private volatile DeliveryException failure;

        Lane(Destination destination) {
            this.destination = destination;
        }

        void send(BlobContent part, boolean again) throws InterruptedException {
            room.acquire();
            if (failure != null) {
                room.release();
                return;
            }
            workers.execute(() -> {
                try {
                    if (failure == null) {
                        put(store.keys().part(part.sha256()), part, again);
                    }
                } catch (DeliveryException e) {
                    failure = e;
                } catch (InterruptedException e) {
                    failure = new DeliveryException("Storing in destination " + destination.name() + " was stopped.",
                            e);
                } catch (RuntimeException | Error e) {
                    failure = new DeliveryException("Storing in destination " + destination.name() + " failed: " + e,
                            e);
                } finally {
                    room.release();
                }
            });
        }

        private void put(String key, BlobContent part, boolean again) throws InterruptedException {
            if (again) {
                destination.put(key, part);
            } else {
                destination.putIfAbsent(key, part);
            }
        }

        /** What concerns this destination alone. */
        void attempt(Attempt attempt) throws InterruptedException {
            if (failure == null) {
                try {
                    attempt.at(destination);
                } catch (DeliveryException e) {
                    failure = e;
                }
            }
        }

        void await() throws InterruptedException {
            room.acquire(WAITING);
            room.release(WAITING);
        }

        void commit(BackupManifest manifest, SigningKey key) throws InterruptedException {
            await();
            attempt(place -> store.commit(place, manifest, key));
        }
    }

    @FunctionalInterface
    private interface Attempt {
        void at(Destination destination) throws InterruptedException;
    }

    /**
     * Returns once there is room for it; it may not be stored yet.
     *
     * @throws DeliveryException when too few destinations are left
     */
    public void send(BlobContent part) throws InterruptedException {
        for (Lane lane : lanes) {
            lane.send(part, false);
        }
        requireEnough();
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
                .filter(lane -> lane.failure == null && !kept.isKept(lane.destination, part))
                .toList();
        if (lacking.isEmpty()) {
            return true;
        }
        List<Destination> having = lanes.stream()
                .map(lane -> lane.destination)
                .filter(destination -> kept.isThere(destination, part))
                .toList();
        try {
            BlobContent copy = BlobContent.of(
                    new PartFetcher(store, new StoredBackup(owner.manifest(), having, List.of())).fetch(part));
            for (Lane lane : lacking) {
                lane.send(copy, true);
            }
            return true;
        } catch (DeliveryException e) {
            return false;
        }
    }

    /**
     * Waits until all that was sent is stored, and notes it for another attempt to go on from.
     *
     * @param soFar with the parts that are there already
     */
    public void keepProgress(BackupManifest soFar, SigningKey key) throws InterruptedException {
        for (Lane lane : lanes) {
            lane.await();
            lane.attempt(destination -> store.keepUnfinished(destination, soFar, key));
        }
    }

    private void requireEnough() {
        long left = lanes.stream().filter(lane -> lane.failure == null).count();
        if (left < minDestinations) {
            throw new DeliveryException("The backup was given up: of " + lanes.size() + " destinations only " + left
                    + " can still be written to, and " + minDestinations
                    + " are wanted. Nothing of it is listed; the backups before it are as they were. "
                    + String.join(" ", failures().values()));
        }
    }

    /**
     * Waits until all parts are stored, then publishes the backup in each destination that has them all.
     *
     * @return names of those destinations
     * @throws DeliveryException when they are too few; those that have it keep it
     */
    public List<String> commit(BackupManifest manifest, SigningKey key) throws InterruptedException {
        for (Lane lane : lanes) {
            lane.await();
        }
        requireEnough();
        for (Lane lane : lanes) {
            lane.commit(manifest, key);
        }
        if (!manifest.parts(PartKind.OBJECT_INDEX).isEmpty()) {
            for (Lane lane : lanes) {
                lane.attempt(store::forgetUnfinished);
            }
        }
        List<String> names = lanes.stream()
                .filter(lane -> lane.failure == null)
                .map(lane -> lane.destination.name())
                .toList();
        if (names.size() < minDestinations) {
            throw new DeliveryException("The backup %s is in %s only, and %d destinations are wanted. It is whole"
                    + " there and"
                    .formatted(manifest.id(), names.isEmpty() ? "no destination" : String.join(", ", names),
                            minDestinations)
                    + " stays. " + String.join(" ", failures().values()));
        }
        return names;
    }

    /** @return why, by name of the destination */
    public Map<String, String> failures() {
        Map<String, String> failures = new TreeMap<>();
        for (Lane lane : lanes) {
            if (lane.failure != null) {
                failures.put(lane.destination.name(), lane.failure.getMessage());
            }
        }
        return failures;
    }

    @Override
    public void close() {
        lanes.forEach(lane -> lane.workers.shutdownNow());
        boolean interrupted = Thread.interrupted();
        for (Lane lane : lanes) {
            try {
                lane.workers.awaitTermination(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
