package io.jenkins.plugins.supabase.core.backup.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether backups were found sound by reading or restoring them. */
public final class Proof {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Proof() {}

    /**
     * Comparing hashes says that nothing changed since it was stored, not that it can be opened.
     *
     * @param verifications of a backup, the newest last
     */
    public static boolean isIn(List<String> verifications) {
        for (int i = verifications.size() - 1; i >= 0; i--) {
            try {
                JsonNode verification = JSON.readTree(verifications.get(i));
                if (!verification.path("depth").asText().equals("hashes") || !verification.path("sound").asBoolean()) {
                    return verification.path("sound").asBoolean();
                }
            } catch (JsonProcessingException e) {
                // Somebody else's file proves nothing.
            }
        }
        return false;
    }

    /**
     * @param since  of the snapshot
     * @param except id of a backup that does not count
     * @return id of the newest backup that is as young and proven
     */
    public static Optional<String> ofOneSince(Instant since, String except, BackupStore store, VerificationKey key)
            throws InterruptedException {
        for (StoredBackup backup : store.list(key).backups()) {
            String id = backup.manifest().id();
            if (!id.equals(except)
                    && !backup.manifest().snapshotTime().isBefore(since)
                    && isIn(store.verifications(backup))) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}
