package io.jenkins.plugins.supabase.core.ledger;

/**
 * Where the audit chain ended at some time. Kept outside of the database, such as in a build log, it proves later that
 * nothing up to it was changed by somebody who could write the whole ledger anew.
 *
 * @param seq  of the last event; 0 where there is none
 * @param hash of the last event, 64 hex digits
 */
public record AuditHead(long seq, String hash) {
    public static final AuditHead NONE = new AuditHead(0, "0".repeat(64));

    @Override
    public String toString() {
        return seq + ":" + hash;
    }
}
