package io.jenkins.plugins.supabase.core.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** Where events and decisions go: a ledger, or what keeps them until there is one. The same again changes nothing. */
public interface LedgerWriter {
    /** @param id of the event */
    void write(AuditEvent event, UUID id);

    /** @param payload what else belongs to its event */
    void write(DecisionEntry decision, ObjectNode payload);
}
