package io.jenkins.plugins.supabase.core.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.StoredSecret;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.secret.RecordedSecret;
import io.jenkins.plugins.supabase.core.secret.SecretApplier;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.secret.SecretRestore;
import io.jenkins.plugins.supabase.core.secret.WantedSecret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes back what deployments did to the functions' secrets, with values of the credentials that were named before. */
final class SecretUndo implements Undo {
    private static final String KIND = "secrets";
    private static final JsonMapper JSON = new JsonMapper();

    private final SecretRestore restore;
    private final Collection<RecordedSecret> recorded;
    private final SecretApplier applier;
    private List<RecordedSecret> restored;

    private SecretUndo(SecretRestore restore, Collection<RecordedSecret> recorded, SecretApplier applier) {
        this.restore = restore;
        this.recorded = recorded;
        this.applier = applier;
    }

    /** Keeps which secrets a deployment is about to change; neither values nor digests. */
    static void save(List<SecretChange> changes, Journal journal) {
        try {
            journal.saveSnapshot(KIND, KIND, JSON.writeValueAsBytes(changes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param previous what was asked for before, with the values that its credentials hold now
     * @param before   what was listed before; empty where nobody knows any more
     * @param recorded what the ledger says of them
     * @return empty where no deployment changed any
     */
    static Optional<SecretUndo> of(
            Snapshots snapshots,
            Collection<WantedSecret> previous,
            Collection<StoredSecret> before,
            Collection<RecordedSecret> recorded,
            ManagementClient client,
            Progress progress)
            throws InterruptedException {
        Map<String, SecretChange> applied = new TreeMap<>();
        for (SortedMap<String, byte[]> kept : snapshots.of(KIND)) {
            read(kept.get(KIND)).forEach(change -> applied.putIfAbsent(change.name(), change));
        }
        if (applied.isEmpty()) {
            return Optional.empty();
        }
        SecretRestore restore = SecretRestore.plan(applied.values(), previous, before, client.secrets());
        return Optional.of(new SecretUndo(restore, recorded, new SecretApplier(client, progress)));
    }

    private static List<SecretChange> read(byte[] json) {
        try {
            return JSON.readValue(json, new TypeReference<List<SecretChange>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String kind() {
        return "secrets";
    }

    @Override
    public List<String> changes() {
        return restore.plan().changes().stream()
                .filter(change -> change.kind() != SecretChange.Kind.UNCHANGED)
                .map(change -> change.kind() == SecretChange.Kind.REMOVE
                        ? change.name() + " is deleted again"
                        : change.name() + " from the credential " + change.credentialsId())
                .toList();
    }

    @Override
    public List<String> remains() {
        return restore.warnings();
    }

    /** @return what is set now; null where it is not restored */
    List<RecordedSecret> record() {
        List<RecordedSecret> set = restored == null && changes().isEmpty() ? restore.asListed() : restored;
        return set == null ? null : restore.record(recorded, set);
    }

    @Override
    public String run() throws InterruptedException {
        restored = applier.apply(restore.plan());
        return String.join(", ", changes());
    }
}
