package io.jenkins.plugins.supabase.core.backup.restore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.backup.format.ObjectIndex;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.storage.StorageProgress;
import io.jenkins.plugins.supabase.core.backup.storage.Threads;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * Puts the storage objects of a backup back into a project. What is there already and the same is left alone, so that
 * running it again after any failure does the rest.
 */
public final class StorageRestore {
    private static final int AT_ONCE = 4;
    private static final List<String> SETTINGS = List.of("public", "file_size_limit", "allowed_mime_types");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BackupStore store;
    private final boolean overwrite;
    private final ManagementOptions options;
    private final Progress progress;

    /** @param overwrite whether an object that is there and another one is replaced */
    public StorageRestore(BackupStore store, boolean overwrite, ManagementOptions options, Progress progress) {
        this.store = store;
        this.overwrite = overwrite;
        this.options = options;
        this.progress = progress;
    }

    /**
     * @param target whose projectUrl leads to the storage
     * @throws DeliveryException when the backup has no storage, or writing failed; what was written stays
     */
    public RestoredStorage run(StoredBackup backup, AgeIdentity identity, Environment target, Access access)
            throws InterruptedException {
        BackupManifest manifest = backup.manifest();
        PartFetcher fetcher = new PartFetcher(store, backup);
        PartContent content = new PartContent(manifest, fetcher, identity);
        if (manifest.parts(PartKind.OBJECT_LIST).isEmpty()) {
            throw new DeliveryException("The backup " + manifest.id() + " holds no storage objects, so that none were"
                    + " restored. Choose one that does: listBackups tells.");
        }
        try (ManagementClient client = new ManagementClient(target, access.accessToken(), progress, options)) {
            SecretText key = access.apiKey() == null ? client.secretKey() : access.apiKey();
            Map<String, ListedObject> objects = new HashMap<>();
            Map<String, ObjectNode> buckets = new HashMap<>();
            for (BackupPart part : manifest.parts(PartKind.OBJECT_LIST)) {
                list(content, part, objects, buckets);
            }
            int made = makeBuckets(client.storage(key), buckets);
            ObjectWriter writer = new ObjectWriter(client.objects(key), content, overwrite);
            write(manifest, objects, writer);
            RestoredStorage restored = writer.result(made);
            progress.line(("Storage: %s written (%.1f MiB), %d were there already, %d are others there and were left"
                    + " alone, %s made").formatted(
                    Count.of((int) restored.written(), "object"), restored.bytes() / (double) (1 << 20),
                    restored.same(), restored.different(), Count.of(made, "bucket")));
            return restored;
        } catch (IOException e) {
            throw new DeliveryException("The storage objects of backup " + manifest.id()
                    + " could not all be restored: " + e.getMessage() + ". Those that were written stay. Correct that,"
                    + " then restore again: it does the rest.", e);
        }
    }

    private static void list(
            PartContent content, BackupPart part, Map<String, ListedObject> objects, Map<String, ObjectNode> buckets)
            throws IOException, InterruptedException {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(content.open(part), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{\"settings\"")) {
                    JsonNode bucket = JSON.readTree(line).path("settings");
                    buckets.put(bucket.path("id").asText(), bucket.deepCopy());
                } else {
                    ListedObject object = ListedObject.read(line);
                    if (object.state() != ListedObject.State.MISSING) {
                        objects.put(object.fingerprint(), object);
                    }
                }
            }
        }
    }

    private int makeBuckets(StorageClient storage, Map<String, ObjectNode> wanted) throws InterruptedException {
        Set<String> there = storage.buckets().stream().map(StoredBucket::id).collect(Collectors.toSet());
        int made = 0;
        for (Map.Entry<String, ObjectNode> bucket : wanted.entrySet()) {
            if (!there.contains(bucket.getKey())) {
                ObjectNode settings = JSON.createObjectNode();
                SETTINGS.stream()
                        .filter(bucket.getValue()::hasNonNull)
                        .forEach(name -> settings.set(name, bucket.getValue().get(name)));
                storage.createBucket(bucket.getKey(), settings);
                progress.line("Bucket " + bucket.getKey() + " was made");
                made++;
            }
        }
        return made;
    }

    private void write(BackupManifest manifest, Map<String, ListedObject> objects, ObjectWriter writer)
            throws IOException, InterruptedException {
        Queue<List<BackupPart>> archives = new ConcurrentLinkedQueue<>(ObjectIndex.groups(manifest));
        StorageProgress writing = new StorageProgress(progress, "Restored", objects.size());
        Threads.run(Math.min(AT_ONCE, archives.size()), "supabase-delivery-storage", () -> {
            for (List<BackupPart> archive = archives.poll(); archive != null; archive = archives.poll()) {
                writer.write(archive, objects, writing);
            }
        });
    }
}
