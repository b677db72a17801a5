package io.jenkins.plugins.supabase.core.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Set;

/**
 * Something that happened and must not be forgotten. Nothing in it is a secret.
 *
 * @param actor   who did it
 * @param kind    dotted, such as {@code promotion.requested}; {@code deployment.*} and those of decisions are the
 *     ledger's own
 * @param subject what it was done to, such as {@code deployment/42}; may be empty
 */
public record AuditEvent(String actor, String kind, String subject, ObjectNode payload) {
    static final String RESERVED = "deployment.";
    private static final Set<String> DECISIONS = Set.of("promotion.approved", "promotion.rejected");

    public AuditEvent {
        Objects.requireNonNull(actor);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(payload);
        if (kind.startsWith(RESERVED) || DECISIONS.contains(kind)) {
            throw new IllegalArgumentException(kind + " is written with what it tells of, never alone");
        }
    }
}
