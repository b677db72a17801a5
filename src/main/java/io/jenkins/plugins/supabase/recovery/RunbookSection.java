package io.jenkins.plugins.supabase.recovery;

import java.util.List;

/** Entries in the order in which they are done. */
public record RunbookSection(String title, List<RunbookEntry> entries) {
    public RunbookSection {
        entries = List.copyOf(entries);
    }

    static RunbookSection of(String title, RunbookEntry... entries) {
        return new RunbookSection(title, List.of(entries));
    }
}
