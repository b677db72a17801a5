package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Gives a place all events that it does not have yet, each at least once. */
final class EventTail {
    private static final int AT_A_TIME = 200;

    private final EventCursors cursors;

    EventTail(EventCursors cursors) {
        this.cursors = cursors;
    }

    /**
     * The first time, it begins with what happens from then on. A ledger that was taken back to an earlier state, or is
     * that of a restored database, counts its events anew: those that are younger than the last one that arrived are new.
     */
    void follow(String environment, LedgerReader reader, EventSink sink) throws IOException {
        EventPosition last = cursors.get(sink.name(), environment);
        if (last == null) {
            cursors.set(sink.name(), environment, EventPosition.endOf(reader));
            return;
        }
        boolean goesOn = last.isIn(reader);
        Instant known = goesOn ? Instant.EPOCH : last.at();
        long seen = goesOn ? last.seq() : 0;
        List<AuditEntry> entries;
        do {
            entries = reader.overview().eventsAfter(seen, AT_A_TIME);
            List<AuditEntry> news =
                    entries.stream().filter(entry -> entry.at().isAfter(known)).toList();
            if (!news.isEmpty()) {
                sink.write(news.stream()
                        .map(entry -> EventLine.of(environment, entry))
                        .toList());
            }
            if (!entries.isEmpty()) {
                AuditEntry end = entries.get(entries.size() - 1);
                seen = end.seq();
                cursors.set(sink.name(), environment, EventPosition.of(end));
            }
        } while (entries.size() == AT_A_TIME);
    }
}
