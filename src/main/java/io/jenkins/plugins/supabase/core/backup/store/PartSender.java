package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
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
        private final Semaphore room = new Semaphore(WAITING);
        private volatile DeliveryException failure;

        Lane(Destination destination) {
            this.destination = destination;
        }

        void send(SealedPart part) throws InterruptedException {
            room.acquire();
            if (failure != null) {
                room.release();
                return;
            }
            workers.execute(() -> {
                try {
                    if (failure == null) {
                        destination.putIfAbsent(store.keys().part(part.sha256()), part);
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

        void await() throws InterruptedException {
            room.acquire(WAITING);
            room.release(WAITING);
        }

        void commit(BackupManifest manifest, SigningKey key) throws InterruptedException {
            await();
            if (failure == null) {
                try {
                    store.commit(destination, manifest, key);
                } catch (DeliveryException e) {
                    failure = e;
                }
            }
        }
    }

    /**
     * Returns once there is room for it; it may not be stored yet.
     *
     * @throws DeliveryException when too few destinations are left
     */
    public void send(SealedPart part) throws InterruptedException {
        for (Lane lane : lanes) {
            lane.send(part);
        }
        requireEnough();
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
