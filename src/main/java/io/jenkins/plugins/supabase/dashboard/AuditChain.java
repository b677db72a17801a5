package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What one environment's chain has for a page.
 *
 * @param kinds   all that there are in the chain
 * @param entries the newest that the filters let through, one more than a page where there are so many
 * @param head    number and hash of its last event
 * @param problem why there are none; null where the ledger could be read
 */
record AuditChain(String environment, List<String> kinds, List<AuditEntry> entries, String head, String problem) {
    private static final int AT_ONCE = 8;

    /** @return in the order of the snapshots; those that cannot be read do not keep the others back */
    static List<AuditChain> read(List<Snapshot> snapshots, AuditQuery query, List<String> builds) {
        if (snapshots.size() == 1) {
            return List.of(read(snapshots.get(0), query, builds));
        }
        ExecutorService readers = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, snapshots.size())));
        try {
            List<Callable<AuditChain>> tasks = new ArrayList<>();
            snapshots.forEach(snapshot -> tasks.add(() -> read(snapshot, query, builds)));
            List<AuditChain> chains = new ArrayList<>();
            for (Future<AuditChain> chain : readers.invokeAll(tasks)) {
                chains.add(chain.get());
            }
            return chains;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("Reading the ledgers was interrupted. Nothing was changed. Try again.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            readers.shutdownNow();
        }
    }

    private static AuditChain read(Snapshot snapshot, AuditQuery query, List<String> builds) {
        String name = snapshot.name();
        try {
            return LedgerAccess.page(snapshot.environment(), reader -> new AuditChain(
                    name,
                    reader.overview().eventKinds(),
                    reader.events(query.filter(name, Long.MAX_VALUE, builds, AuditView.PAGE + 1)),
                    reader.head().toString(),
                    null));
        } catch (DeliveryException e) {
            return new AuditChain(name, List.of(), List.of(), null, e.getMessage());
        }
    }
}
