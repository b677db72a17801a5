package io.jenkins.plugins.supabase.core.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * An event as it stands in the chain.
 *
 * @param seq         from 1, without gaps
 * @param at          by the server's clock, when it was appended
 * @param payloadJson as the server writes it
 * @param hash        over the event and its predecessor's hash, 64 hex digits
 */
public record AuditEntry(
        long seq, UUID id, Instant at, String actor, String kind, String subject, String payloadJson, String hash) {
    public AuditHead head() {
        return new AuditHead(seq, hash);
    }
}
