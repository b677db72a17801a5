package io.jenkins.plugins.supabase.core.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A restore point that a deployment had made before it changed anything. Kept with its snapshots.
 *
 * @param completedOn ISO 8601, as the platform says
 * @param applied     versions of the migrations that the database had then
 */
record MadeRestorePoint(String name, String completedOn, TreeSet<String> applied) {
    private static final String KIND = "restore-point";
    private static final JsonMapper JSON = new JsonMapper();

    void save(Journal journal) {
        try {
            journal.saveSnapshot(KIND, KIND, JSON.writeValueAsBytes(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return of all the deployments whose snapshots these are, the oldest first */
    static List<MadeRestorePoint> all(Snapshots snapshots) {
        return snapshots.of(KIND).stream().map(kept -> read(kept.get(KIND))).toList();
    }

    /** @return the newest that is from before this migration: least is lost by going back to it */
    static Optional<MadeRestorePoint> before(String version, List<MadeRestorePoint> points) {
        return points.stream()
                .filter(point -> !point.applied.contains(version))
                .reduce((one, next) -> next);
    }

    private static MadeRestorePoint read(byte[] json) {
        try {
            return JSON.readValue(json, MadeRestorePoint.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
