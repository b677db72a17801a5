package io.jenkins.plugins.supabase.steps;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The operations that this agent is running, so that one can be stopped by its id and its last words be awaited. */
final class RunningOperations {
    private static final List<Entry> ENTRIES = new ArrayList<>();
    /** Ids are never used again, and few builds are stopped in an agent's life. */
    private static final Set<String> STOPPED = new HashSet<>();

    private RunningOperations() {}

    /** @throws InterruptedException when it was stopped before it came here, as while its classes were loaded */
    static Entry enter(String operationId) throws InterruptedException {
        Entry entry = new Entry(operationId, Thread.currentThread());
        synchronized (ENTRIES) {
            if (STOPPED.contains(operationId)) {
                throw new InterruptedException();
            }
            ENTRIES.add(entry);
        }
        return entry;
    }

    /** @return whether everything that ran under that id has ended within the limit */
    static boolean stop(String operationId, long limitSeconds) throws InterruptedException {
        List<Entry> matching;
        synchronized (ENTRIES) {
            STOPPED.add(operationId);
            matching = ENTRIES.stream()
                    .filter(entry -> entry.operationId.equals(operationId))
                    .toList();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        matching.forEach(Entry::interrupt);
        boolean ended = true;
        for (Entry entry : matching) {
            ended &= entry.ended.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return ended;
    }

    static final class Entry implements AutoCloseable {
        private final String operationId;
        private final Thread thread;
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean left;

        private Entry(String operationId, Thread thread) {
            this.operationId = operationId;
            this.thread = thread;
        }

        /** The thread belongs to a pool: after the operation has left, an interrupt would hit somebody else's work. */
        private synchronized void interrupt() {
            if (!left) {
                thread.interrupt();
            }
        }

        @Override
        public void close() {
            synchronized (this) {
                left = true;
                Thread.interrupted();
            }
            synchronized (ENTRIES) {
                ENTRIES.remove(this);
            }
            ended.countDown();
        }
    }
}
