package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import io.jenkins.plugins.supabase.core.backup.project.ConfigBackup;
import io.jenkins.plugins.supabase.core.backup.storage.KnownObjects;
import io.jenkins.plugins.supabase.core.backup.storage.StorageBackup;
import io.jenkins.plugins.supabase.core.backup.storage.StorageListing;
import io.jenkins.plugins.supabase.core.backup.storage.StorageParts;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.KeptParts;
import io.jenkins.plugins.supabase.core.backup.store.PartSender;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What a backup has beside the database: storage objects and the project's configuration. When they cannot be read, the
 * backup of the database is worth no less, so that it is made without them, and says so.
 */
final class ProjectBackup {
    private static final Duration BETWEEN_NOTES = Duration.ofSeconds(30);

    private final BackupRequest request;
    private final BackupStore store;
    private final PartSender sender;
    private final Progress progress;
    private final List<BackupPart> parts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private StorageSummary summary;

    ProjectBackup(BackupRequest request, BackupStore store, PartSender sender, Progress progress) {
        this.request = request;
        this.store = store;
        this.sender = sender;
        this.progress = progress;
    }

    /**
     * @param backups that there are, the newest first
     * @param soFar   the manifest with these further parts
     */
    void run(
            Set<BackupScope> scopes,
            StorageListing listing,
            List<StoredBackup> backups,
            Function<List<BackupPart>, BackupManifest> soFar)
            throws InterruptedException {
        if (!scopes.contains(BackupScope.STORAGE) && !scopes.contains(BackupScope.CONFIG)) {
            return;
        }
        try (ManagementClient client = new ManagementClient(
                request.environment(), request.access().accessToken(), progress, request.management())) {
            if (scopes.contains(BackupScope.STORAGE)) {
                try {
                    storage(client, key(client), listing, backups, soFar);
                } catch (ManagementException | IOException e) {
                    problem("storage objects", e);
                }
            }
            if (scopes.contains(BackupScope.CONFIG)) {
                try {
                    config(client);
                } catch (ManagementException | IOException e) {
                    problem("configuration of the project", e);
                }
            }
        }
    }

    private SecretText key(ManagementClient client) throws InterruptedException {
        return request.access().apiKey() == null ? client.secretKey() : request.access().apiKey();
    }

    private void problem(String what, Exception cause) {
        String problem = "The backup holds no " + what + ", as reading failed: " + cause.getMessage();
        problems.add(problem);
        progress.line("WARNING: " + problem);
    }

    private void storage(
            ManagementClient client,
            SecretText key,
            StorageListing listing,
            List<StoredBackup> backups,
            Function<List<BackupPart>, BackupManifest> soFar)
            throws IOException, InterruptedException {
        List<StoredBackup> owners = new ArrayList<>(store.unfinished(request.signingKey().verificationKey()));
        List<StoredBackup> kept = backups.stream()
                .filter(backup -> !backup.manifest().parts(PartKind.OBJECT_INDEX).isEmpty())
                .limit(1)
                .toList();
        owners.addAll(kept);
        StorageParts stored = new StorageBackup(
                        client.objects(key),
                        request.recipients(),
                        sender,
                        KnownObjects.of(store, owners),
                        owners.isEmpty() ? KeptParts.NONE : KeptParts.of(store, kept, Instant.now()),
                        new StorageBackup.Notes(soFar, request.signingKey(), BETWEEN_NOTES),
                        progress)
                .run(listing);
        parts.addAll(stored.parts());
        summary = stored.summary();
    }

    private void config(ManagementClient client) throws IOException, InterruptedException {
        boolean endpoints = request.environment().projectUrl() != null;
        try (PartWriter writer = new PartWriter(request.recipients())) {
            notes.addAll(new ConfigBackup(client, () -> endpoints ? key(client) : null).run(writer));
            SealedPart sealed = writer.seal();
            sender.send(sealed);
            parts.add(sealed.as(PartKind.CONFIG));
        }
    }

    /** @return in the order in which they are restored */
    List<BackupPart> parts() {
        return parts;
    }

    /** @return null where there is none */
    StorageSummary summary() {
        return summary;
    }

    /** @return a sentence for each thing that should be there and is not */
    List<String> problems() {
        return problems;
    }

    /** @return a sentence for each thing that could not be had */
    List<String> notes() {
        return notes;
    }
}
