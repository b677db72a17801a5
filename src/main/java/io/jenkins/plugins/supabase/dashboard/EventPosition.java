package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.time.Instant;
import java.util.List;

/**
 * The last event of a ledger that arrived somewhere.
 *
 * @param seq  0 for none
 * @param hash null where it was not noted, or there is none
 * @param at   when it happened; the epoch where that was not noted
 */
record EventPosition(long seq, String hash, Instant at) {
    static EventPosition of(AuditEntry entry) {
        return new EventPosition(entry.seq(), entry.hash(), entry.at());
    }

    static EventPosition endOf(LedgerReader reader) {
        List<AuditEntry> last = reader.overview().eventsAfter(reader.head().seq() - 1, 1);
        return last.isEmpty() ? new EventPosition(0, null, Instant.EPOCH) : of(last.get(0));
    }

    /** @return null where the text is none of a position */
    static EventPosition parse(String text) {
        String[] parts = text == null ? new String[] {""} : text.split(" ");
        long seq = Parameters.number(parts[0], -1L);
        if (seq < 0) {
            return null;
        }
        return parts.length < 3
                ? new EventPosition(seq, null, Instant.EPOCH)
                : new EventPosition(seq, parts[1], Instant.parse(parts[2]));
    }

    /** @return false where the ledger is another one by now, such as an earlier state of itself that was restored */
    boolean isIn(LedgerReader reader) {
        if (seq == 0) {
            return true;
        }
        List<AuditEntry> here = reader.overview().eventsAfter(seq - 1, 1);
        return !here.isEmpty()
                && here.get(0).seq() == seq
                && (hash == null || hash.equals(here.get(0).hash()));
    }

    @Override
    public String toString() {
        return hash == null ? String.valueOf(seq) : seq + " " + hash + " " + at;
    }
}
