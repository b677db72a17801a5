package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.time.Instant;

/**
 * What the ledger of the environment that is promoted to says.
 *
 * @param backup the event of the last verified backup; null where there is none
 * @param now    by the clock of its server; null where there is no ledger
 */
record TargetState(AuditEntry backup, Instant now) {
    static TargetState read(LedgerReader reader) {
        return new TargetState(
                reader.overview().lastVerifiedBackup().orElse(null), reader.now().orElse(null));
    }
}
