package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.ledger.FinishedStep;
import io.jenkins.plugins.supabase.core.ledger.Outcome;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** For an environment whose database cannot be reached: the way back exists as long as the deployment runs. */
final class MemoryJournal implements Journal {
    private final SortedMap<String, SortedMap<String, byte[]>> snapshots = new TreeMap<>();
    private boolean taken;

    @Override
    public long id() {
        return 0;
    }

    @Override
    public boolean goesOn() {
        return false;
    }

    @Override
    public Entry begin(String kind, String subject) {
        return new Entry() {
            @Override
            public void done(String detail) {}

            @Override
            public void failed(String detail) {}
        };
    }

    @Override
    public void record(List<FinishedStep> finished) {}

    @Override
    public void assertCurrent() {}

    @Override
    public void health(HealthReport report) {}

    @Override
    public boolean hasSnapshots() {
        return taken;
    }

    @Override
    public void saveSnapshot(String kind, String name, byte[] content) {
        snapshots.computeIfAbsent(kind, any -> new TreeMap<>()).put(name, content);
    }

    @Override
    public void snapshotsTaken() {
        taken = true;
    }

    @Override
    public Snapshots snapshots() {
        return kind -> snapshots.containsKey(kind) ? List.of(snapshots.get(kind)) : List.of();
    }

    @Override
    public void end(Outcome outcome, String message, EnvironmentState state) {}

    @Override
    public void close() {}
}
