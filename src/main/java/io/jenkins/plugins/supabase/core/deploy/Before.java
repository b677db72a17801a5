package io.jenkins.plugins.supabase.core.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.ledger.LedgerReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was found before anything was changed. Kept with the snapshots, so that a deployment that goes on after an
 * interruption still tells its own changes from those of others.
 *
 * @param config fingerprints by key
 * @param schema digests by object
 */
record Before(SortedMap<String, String> config, SortedMap<String, String> schema) {
    private static final String KIND = "before";
    private static final JsonMapper JSON = new JsonMapper();

    void save(Journal journal) {
        try {
            journal.saveSnapshot(KIND, KIND, JSON.writeValueAsBytes(this));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return of the first of these deployments that kept it */
    static Optional<Before> ofFirst(LedgerReader ledger, List<Long> deployments) {
        return deployments.stream()
                .flatMap(deployment -> ledger.snapshots(deployment).stream())
                .filter(entry -> entry.kind().equals(KIND))
                .findFirst()
                .map(entry -> read(ledger.load(entry)));
    }

    private static Before read(byte[] json) {
        try {
            return JSON.readValue(json, Before.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return of the first of the deployments whose snapshots these are */
    static Before first(Snapshots snapshots) {
        List<SortedMap<String, byte[]>> kept = snapshots.of(KIND);
        if (kept.isEmpty()) {
            return new Before(new TreeMap<>(), new TreeMap<>());
        }
        return read(kept.get(0).get(KIND));
    }
}
