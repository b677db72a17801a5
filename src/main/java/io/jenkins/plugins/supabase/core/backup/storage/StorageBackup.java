package io.jenkins.plugins.supabase.core.backup.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.backup.format.ObjectIndex;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.format.StorageSummary;
import io.jenkins.plugins.supabase.core.backup.store.KeptParts;
import io.jenkins.plugins.supabase.core.backup.store.PartSender;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.ObjectClient;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * Backs up the objects that a database's snapshot lists. What an earlier backup has is referred to, the rest is read,
 * several objects at once, and noted now and then, so that an attempt after an interruption goes on from there.
 */
public final class StorageBackup {
    /** Each holds a part in memory, and one more while it reads a large object. */
    private static final int AT_ONCE = 4;
    /** So that a few new objects come into one part, not into one for each thread. */
    private static final int WORTH_A_THREAD = 20;

    private final ObjectClient client;
    private final List<AgeRecipient> recipients;
    private final PartSender sender;
    private final KnownObjects known;
    private final KeptParts kept;
    private final Notes notes;
    private final Progress progress;
    private final List<ObjectGroup> groups = new ArrayList<>();
    private long lastNote = System.nanoTime();

    /**
     * How what is stored already is noted.
     *
     * @param soFar the manifest of an unfinished backup with these parts
     * @param every how often at most
     */
    public record Notes(Function<List<BackupPart>, BackupManifest> soFar, SigningKey key, Duration every) {}

    public StorageBackup(
            ObjectClient client,
            List<AgeRecipient> recipients,
            PartSender sender,
            KnownObjects known,
            KeptParts kept,
            Notes notes,
            Progress progress) {
        this.client = client;
        this.recipients = List.copyOf(recipients);
        this.sender = sender;
        this.known = known;
        this.kept = kept;
        this.notes = notes;
        this.progress = progress;
    }

    public StorageParts run(StorageListing listing) throws IOException, InterruptedException {
        Set<ObjectGroup> reused = reuse(listing.objects());
        List<ListedObject> done = new ArrayList<>();
        List<ListedObject> wanted = new ArrayList<>();
        for (ListedObject object : listing.objects()) {
            (reused.contains(known.groupOf(object)) ? done : wanted).add(object);
        }
        progress.line("Storage: %s in %s; %d are as in an earlier backup, %d are to be read".formatted(
                Count.of(listing.objects().size(), "object"), Count.of(listing.buckets().size(), "bucket"),
                done.size(), wanted.size()));
        long unchanged = done.size();
        done.addAll(read(wanted));
        done.sort(Comparator.comparing(ListedObject::bucket).thenComparing(ListedObject::name));
        List<BackupPart> parts = new ArrayList<>();
        groups.forEach(group -> parts.addAll(group.parts()));
        parts.addAll(list(listing.buckets(), done));
        parts.add(index());
        long bytes = done.stream().mapToLong(object -> Math.max(object.size(), 0)).sum();
        StorageSummary summary = new StorageSummary(
                listing.buckets().size(), done.size(), bytes, wanted.size(), unchanged,
                count(done, ListedObject.State.CHANGED), count(done, ListedObject.State.MISSING));
        tell(summary);
        return new StorageParts(parts, summary);
    }

    private static long count(List<ListedObject> objects, ListedObject.State state) {
        return objects.stream().filter(object -> object.state() == state).count();
    }

    private void tell(StorageSummary summary) {
        if (summary.changed() > 0) {
            progress.line("WARNING: " + Count.of((int) summary.changed(), "storage object") + " changed after the"
                    + " snapshot; the backup has the newer bytes. Its list of objects says which.");
        }
        if (summary.missing() > 0) {
            progress.line("WARNING: " + Count.of((int) summary.missing(), "storage object") + " had no bytes: deleted"
                    + " after the snapshot, or lost by the store. The backup's list of objects says which.");
        }
    }

    private Set<ObjectGroup> reuse(List<ListedObject> objects) throws InterruptedException {
        Set<ObjectGroup> reused = Collections.newSetFromMap(new IdentityHashMap<>());
        for (ObjectGroup group : known.worthwhile(objects)) {
            boolean all = true;
            for (BackupPart part : group.parts()) {
                all = all && sender.reference(part, group.owner(), kept);
            }
            if (all) {
                groups.add(group);
                reused.add(group);
            }
        }
        return reused;
    }

    private List<ListedObject> read(List<ListedObject> wanted) throws IOException, InterruptedException {
        ConcurrentLinkedQueue<ListedObject> queue = new ConcurrentLinkedQueue<>(wanted);
        List<ListedObject> listed = Collections.synchronizedList(new ArrayList<>());
        StorageProgress reading = new StorageProgress(progress, "Read", wanted.size());
        AtomicReference<Exception> failure = new AtomicReference<>();
        int threads = Math.min(AT_ONCE, (wanted.size() + WORTH_A_THREAD - 1) / WORTH_A_THREAD);
        Threads.run(threads, "supabase-delivery-storage", () -> {
            try (ObjectPacker packer = new ObjectPacker(client, recipients, sender::send, this::add)) {
                while (failure.get() == null && !queue.isEmpty()) {
                    ListedObject object = queue.poll();
                    if (object == null) {
                        break;
                    }
                    try {
                        ListedObject done = packer.add(object);
                        listed.add(done);
                        reading.add(done.size());
                    } catch (ManagementException | IOException e) {
                        failure.compareAndSet(null, e);
                    }
                }
                packer.flush();
            }
        });
        if (failure.get() != null) {
            note();
            if (failure.get() instanceof ManagementException refused) {
                throw refused;
            }
            throw new IOException(failure.get().getMessage(), failure.get());
        }
        return listed;
    }

    private synchronized void add(ObjectGroup group) throws InterruptedException {
        groups.add(group);
        if (System.nanoTime() - lastNote >= notes.every().toNanos()) {
            note();
        }
    }

    private synchronized void note() throws InterruptedException {
        List<BackupPart> parts = new ArrayList<>();
        groups.forEach(group -> parts.addAll(group.parts()));
        parts.add(index());
        sender.keepProgress(notes.soFar().apply(parts), notes.key());
        lastNote = System.nanoTime();
    }

    private BackupPart index() throws InterruptedException {
        byte[] index = ObjectIndex.write(groups.stream().map(ObjectGroup::fingerprints).toList());
        BlobContent content = BlobContent.of(index);
        sender.send(content);
        return new BackupPart(
                content.sha256(), content.size(), content.size(), PartKind.OBJECT_INDEX, "", "", List.of(), 0, "");
    }

    private List<BackupPart> list(List<ObjectNode> buckets, List<ListedObject> objects)
            throws IOException, InterruptedException {
        List<BackupPart> parts = new ArrayList<>();
        PartWriter writer = new PartWriter(recipients);
        try {
            for (ObjectNode bucket : buckets) {
                ObjectNode line = JsonNodeFactory.instance.objectNode();
                line.set("settings", bucket);
                writer.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            for (ListedObject object : objects) {
                writer.write(object.toLine());
                if (writer.isFull()) {
                    parts.add(store(writer));
                    writer = new PartWriter(recipients);
                }
            }
            parts.add(store(writer));
            return parts;
        } finally {
            writer.close();
        }
    }

    private BackupPart store(PartWriter writer) throws IOException, InterruptedException {
        SealedPart sealed = writer.seal();
        sender.send(sealed);
        return sealed.as(PartKind.OBJECT_LIST);
    }
}
