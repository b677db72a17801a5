package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.ledger.Ledger;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import java.time.Duration;

/** An environment's ledger, held while nobody else deploys to it. */
final class LockedLedger implements AutoCloseable {
    /** Long enough for the longest deployment that one would wait for; the Pipeline step timeout ends it earlier. */
    private static final Duration LOCK_DEADLINE = Duration.ofMinutes(30);

    private final AdvisoryLock lock;
    private final Ledger ledger;

    private LockedLedger(AdvisoryLock lock, Ledger ledger) {
        this.lock = lock;
        this.ledger = ledger;
    }

    /** Waits for whoever deploys now, and says who that is. */
    static LockedLedger open(Target target, Progress progress) throws InterruptedException {
        AdvisoryLock lock = AdvisoryLock.acquire(target.connection(), LOCK_DEADLINE, progress);
        try {
            return new LockedLedger(lock, Ledger.open(target.ledgerConnections()));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        ledger.close();
        lock.close();
    }
}
