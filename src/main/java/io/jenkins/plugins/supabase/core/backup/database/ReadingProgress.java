package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.operation.Progress;

/** Tells how much was read and how fast, every ten seconds at most. For several threads. */
final class ReadingProgress {
    private static final long PAUSE_NANOS = 10_000_000_000L;
    private static final double MIB = 1 << 20;

    private final Progress progress;
    private final long start = System.nanoTime();
    private long last = start;
    private long bytes;

    ReadingProgress(Progress progress) {
        this.progress = progress;
    }

    synchronized void add(long more) {
        bytes += more;
        long now = System.nanoTime();
        if (now - last >= PAUSE_NANOS) {
            last = now;
            tell(now);
        }
    }

    synchronized void end() {
        tell(System.nanoTime());
    }

    private void tell(long now) {
        double seconds = Math.max((now - start) / 1e9, 0.001);
        progress.line("Read %.1f MiB of rows in %.1f s (%.0f MiB/s)".formatted(bytes / MIB, seconds,
                bytes / MIB / seconds));
    }
}
