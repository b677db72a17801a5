package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import io.jenkins.plugins.supabase.core.ledger.VerifiedBackup;
import java.time.Instant;

/**
 * What the ledger of the environment that is promoted to says.
 *
 * @param backup the newest backup that is verified; null where there is none
 * @param now    by the clock of its server; null where there is no ledger
 */
record TargetState(VerifiedBackup backup, Instant now) {
    static TargetState read(LedgerReader reader) {
        return new TargetState(
                reader.overview().backups().newest(), reader.now().orElse(null));
    }
}
