package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.AuditEntry;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.io.IOException;
import java.util.List;

/** Gives a place all events that it does not have yet, each at least once. */
final class EventTail {
    private static final int AT_A_TIME = 200;

    private final EventCursors cursors;

    EventTail(EventCursors cursors) {
        this.cursors = cursors;
    }

    /** The first time, it begins with what happens from then on. */
    void follow(String environment, LedgerReader reader, EventSink sink) throws IOException {
        long seen = cursors.get(sink.name(), environment);
        if (seen < 0) {
            cursors.set(sink.name(), environment, reader.head().seq());
            return;
        }
        List<AuditEntry> entries;
        do {
            entries = reader.overview().eventsAfter(seen, AT_A_TIME);
            if (!entries.isEmpty()) {
                sink.write(entries.stream()
                        .map(entry -> EventLine.of(environment, entry))
                        .toList());
                seen = entries.get(entries.size() - 1).seq();
                cursors.set(sink.name(), environment, seen);
            }
        } while (entries.size() == AT_A_TIME);
    }
}
