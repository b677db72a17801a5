package io.jenkins.plugins.supabase.core.backup.storage;

import io.jenkins.plugins.supabase.core.operation.Progress;
import java.time.Duration;

/** Tells how many objects are done, how fast, and how long the rest takes; every ten seconds. For several threads. */
public final class StorageProgress {
    private static final long PAUSE_NANOS = 10_000_000_000L;
    private static final double MIB = 1 << 20;

    private final Progress progress;
    private final String verb;
    private final long all;
    private final long start = System.nanoTime();
    private long last = start;
    private long objects;
    private long bytes;

    /** @param verb such as Read */
    public StorageProgress(Progress progress, String verb, long all) {
        this.progress = progress;
        this.verb = verb;
        this.all = all;
    }

    public synchronized void add(long moreBytes) {
        objects++;
        bytes += Math.max(moreBytes, 0);
        long now = System.nanoTime();
        if (now - last >= PAUSE_NANOS) {
            last = now;
            double seconds = (now - start) / 1e9;
            Duration left = Duration.ofSeconds((long) (seconds / objects * (all - objects)));
            progress.line("%s %d of %d storage objects, %.1f MiB (%.1f MiB/s), about %d min %02d s left".formatted(
                    verb, objects, all, bytes / MIB, bytes / MIB / seconds, left.toMinutes(), left.toSecondsPart()));
        }
    }
}
