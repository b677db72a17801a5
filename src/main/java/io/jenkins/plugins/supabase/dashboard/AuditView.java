package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.AuditHead;
import java.util.List;

/**
 * A page of an environment's audit chain.
 *
 * @param kinds   all that there are, to choose from
 * @param head    number and hash of the chain's last event
 * @param next    only events before this one are on the next page; 0 where this is the last
 * @param problem why there are none; null where the ledger could be read
 */
public record AuditView(
        String environment, List<String> kinds, List<Row> rows, String head, long next, String problem) {
    static final int PAGE = 100;

    /** @param at in ISO form */
    public record Row(
            long seq, String at, String actor, String kind, String subject, String payload, String hash, String id) {
        static Row of(AuditEntry entry) {
            return new Row(
                    entry.seq(),
                    entry.at().toString(),
                    entry.actor(),
                    entry.kind(),
                    entry.subject(),
                    entry.payloadJson(),
                    entry.hash(),
                    entry.id().toString());
        }
    }

    /** @param entries one more than a page where there is a further one */
    static AuditView of(String environment, List<String> kinds, List<AuditEntry> entries, AuditHead head) {
        List<AuditEntry> shown = entries.subList(0, Math.min(PAGE, entries.size()));
        return new AuditView(
                environment,
                kinds,
                shown.stream().map(Row::of).toList(),
                head.toString(),
                entries.size() > PAGE ? shown.get(PAGE - 1).seq() : 0,
                null);
    }

    static AuditView problem(String environment, String why) {
        return new AuditView(environment, List.of(), List.of(), "", 0, why);
    }
}
