package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.ledger.SnapshotEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What one or several deployments found before they changed anything. */
interface Snapshots {
    /** @return contents by name, one map a deployment that kept something of that kind, the oldest deployment first */
    List<SortedMap<String, byte[]>> of(String kind);

    /** @param entries of any deployments, in any order */
    static Snapshots of(List<SnapshotEntry> entries, Function<SnapshotEntry, byte[]> load) {
        return kind -> {
            TreeMap<Long, SortedMap<String, byte[]>> byDeployment = new TreeMap<>();
            for (SnapshotEntry entry : entries) {
                if (entry.kind().equals(kind)) {
                    byDeployment
                            .computeIfAbsent(entry.deployment(), any -> new TreeMap<>())
                            .put(entry.name(), load.apply(entry));
                }
            }
            return new ArrayList<>(byDeployment.values());
        };
    }
}
