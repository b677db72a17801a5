package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The way to one destination, with a few parts on it at a time. Whoever waits for lanes waits on their monitor. */
final class Lane {
    /** Longer than the largest part takes to get from a machine's cache to a slow disk. */
    static final Duration STALLED = Duration.ofMinutes(30);
    /** Parts that wait or are being stored: what one slow destination keeps in memory. */
    static final int ROOM = 3;
    /** How long to wait at most before looking again whether a lane stands still. */
    static final long LOOK_MILLIS = 1_000;

    private static final int AT_ONCE = 2;

    private final Destination destination;
    private final Object monitor;
    private final LongSupplier nanos;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE, task -> {
        Thread thread = new Thread(task, "supabase-delivery-backup-store");
        thread.setDaemon(true);
        return thread;
    });
    private final SortedSet<Long> underway = new TreeSet<>();
    /** Parts that are not stored yet, by the number of what stores them. */
    private final Map<Long, BlobContent> carried = new HashMap<>();
    private final Set<String> missed = new HashSet<>();
    private long begun;
    private long heldUp;
    private volatile long lastSign;
    private volatile DeliveryException failure;

    /** @param nanos a clock */
    Lane(Destination destination, Object monitor, LongSupplier nanos) {
        this.destination = destination;
        this.monitor = monitor;
        this.nanos = nanos;
    }

    /** What is done there. */
    @FunctionalInterface
    interface Work {
        void at(Destination destination) throws InterruptedException;
    }

    Destination destination() {
        return destination;
    }

    String name() {
        return destination.name();
    }

    /** @return null while it does what it is asked */
    DeliveryException failure() {
        return failure;
    }

    boolean isLive() {
        return failure == null;
    }

    /** @return whether it lacks parts that it {@linkplain #missed() missed}, as others were faster */
    boolean isBehind() {
        synchronized (monitor) {
            return !missed.isEmpty();
        }
    }

    Set<String> missed() {
        synchronized (monitor) {
            return Set.copyOf(missed);
        }
    }

    /** @return how long the others have waited for it */
    Duration heldUp() {
        return Duration.ofNanos(heldUp);
    }

    void holdsUp(long forNanos) {
        heldUp += forNanos;
    }

    /** @return whether there was room for the part */
    boolean take(String key, BlobContent part, boolean again) {
        synchronized (monitor) {
            if (underway.size() >= ROOM) {
                return false;
            }
            long number = begun;
            carried.put(number, part);
            BlobContent watched = part.through(Signs::new);
            begin(place -> {
                if (again) {
                    place.locking().put(key, watched);
                } else {
                    place.locking().putIfAbsent(key, watched);
                }
                synchronized (monitor) {
                    carried.remove(number);
                }
            });
            return true;
        }
    }

    /** @return parts that it took and has not stored, when it failed; each is given away once */
    List<BlobContent> dropped() {
        synchronized (monitor) {
            if (isLive()) {
                return List.of();
            }
            List<BlobContent> parts = List.copyOf(carried.values());
            carried.clear();
            return parts;
        }
    }

    /** @return whether it lacked the part, and is to get it now */
    boolean misses(String sha256) {
        synchronized (monitor) {
            return isLive() && missed.remove(sha256);
        }
    }

    void miss(String sha256) {
        synchronized (monitor) {
            missed.add(sha256);
        }
    }

    /** Does it as soon as what was begun before leaves a thread for it, unless something failed by then. */
    void begin(Work work) {
        synchronized (monitor) {
            long number = begun++;
            if (underway.isEmpty()) {
                sign();
            }
            underway.add(number);
            workers.execute(() -> {
                try {
                    if (failure == null) {
                        sign();
                        work.at(destination);
                    }
                } catch (DeliveryException e) {
                    fail(e);
                } catch (InterruptedException e) {
                    fail(new DeliveryException("Storing in destination " + name() + " was stopped.", e));
                } catch (RuntimeException | Error e) {
                    fail(new DeliveryException("Storing in destination " + name() + " failed: " + e, e));
                } finally {
                    synchronized (monitor) {
                        sign();
                        underway.remove(number);
                        monitor.notifyAll();
                    }
                }
            });
        }
    }

    private void fail(DeliveryException cause) {
        synchronized (monitor) {
            failure = failure == null ? cause : failure;
            monitor.notifyAll();
        }
    }

    private void sign() {
        lastSign = nanos.getAsLong();
    }

    /** Waits until all that was begun is done, or it failed. */
    void await() throws InterruptedException {
        synchronized (monitor) {
            long next = begun;
            while (isLive() && !underway.isEmpty() && underway.first() < next) {
                failWhereItStandsStill();
                monitor.wait(LOOK_MILLIS);
            }
        }
    }

    /** @return whether it has nothing to do, or failed */
    boolean isIdle() {
        synchronized (monitor) {
            return !isLive() || underway.isEmpty();
        }
    }

    /** A file system that hangs gives no error, and nothing ends the thread that waits for it. */
    void failWhereItStandsStill() {
        synchronized (monitor) {
            if (isLive() && !underway.isEmpty() && nanos.getAsLong() - lastSign > STALLED.toNanos()) {
                fail(new DeliveryException("The destination " + name() + " was given up: it has taken nothing for "
                        + STALLED.toMinutes() + " minutes. What was stored there before is as it was. See whether its"
                        + " server or its network hangs; syncBackups copies to it what it lacks."));
            }
        }
    }

    /** Ends what is still being done, or leaves it behind where it does not end. */
    void stop() {
        workers.shutdownNow();
    }

    void awaitStop() throws InterruptedException {
        workers.awaitTermination(5, TimeUnit.SECONDS);
    }

    /** Whatever is read of a part is a sign of life of the one who takes it. */
    private final class Signs extends FilterInputStream {
        Signs(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            sign();
            return in.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            sign();
            return in.read(buffer, offset, length);
        }
    }
}
