package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.backup.format.TarReader;
import io.jenkins.plugins.supabase.core.backup.storage.StorageProgress;
import io.jenkins.plugins.supabase.core.management.ObjectClient;
import io.jenkins.plugins.supabase.core.management.ObjectStream;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Writes storage objects out of archives into a project, unless they are there already. For several threads. */
final class ObjectWriter {
    private static final int SMALL_BYTES = 1 << 20;

    private final ObjectClient client;
    private final PartContent content;
    private final boolean overwrite;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong same = new AtomicLong();
    private final AtomicLong different = new AtomicLong();

    ObjectWriter(ObjectClient client, PartContent content, boolean overwrite) {
        this.client = client;
        this.content = content;
        this.overwrite = overwrite;
    }

    RestoredStorage result(int buckets) {
        return new RestoredStorage(buckets, written.get(), bytes.get(), same.get(), different.get());
    }

    /** @param wanted by fingerprint; what else is in the archive was gone when the backup was made */
    void write(List<BackupPart> archive, Map<String, ListedObject> wanted, StorageProgress progress)
            throws IOException, InterruptedException {
        try (ArchiveStream stream = new ArchiveStream(archive, content::open); TarReader tar = new TarReader(stream)) {
            for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
                ListedObject object = wanted.get(entry.name());
                if (object != null) {
                    write(archive, tar, entry, object);
                    progress.add(entry.size());
                }
            }
        }
    }

    private void write(List<BackupPart> archive, TarReader tar, TarReader.Entry entry, ListedObject object)
            throws IOException, InterruptedException {
        Optional<ObjectClient.Stat> there = client.stat(object.bucket(), object.name());
        boolean sameSize = there.isPresent() && there.get().size() == entry.size();
        if (sameSize && !object.eTag().isEmpty() && there.get().eTag().equals(object.eTag())) {
            same.incrementAndGet();
            return;
        }
        boolean small = entry.size() <= SMALL_BYTES;
        byte[] whole = small ? tar.readNBytes((int) entry.size()) : null;
        // Equal bytes have another tag where they were uploaded in other pieces.
        if (sameSize && hashThere(object).equals(small ? Sha256.of(whole) : hashHere(archive))) {
            same.incrementAndGet();
            return;
        }
        if (there.isPresent() && !overwrite) {
            different.incrementAndGet();
            return;
        }
        String userMetadata = object.userMetadata() == null
                ? null
                : Base64.getEncoder().encodeToString(
                        object.userMetadata().toString().getBytes(StandardCharsets.UTF_8));
        client.put(
                object.bucket(),
                object.name(),
                small ? () -> new ByteArrayInputStream(whole) : () -> first(archive),
                entry.size(),
                object.mimeType(),
                object.cacheControl(),
                userMetadata);
        written.incrementAndGet();
        bytes.addAndGet(entry.size());
    }

    private String hashThere(ListedObject object) throws IOException, InterruptedException {
        Optional<ObjectStream> found = client.open(object.bucket(), object.name());
        if (found.isEmpty()) {
            return "";
        }
        try (ObjectStream stream = found.get()) {
            return Sha256.of(stream);
        }
    }

    private String hashHere(List<BackupPart> archive) throws IOException {
        try (InputStream first = first(archive)) {
            return Sha256.of(first);
        }
    }

    /** @return the content of the first object in an archive: a large one is the only one */
    private InputStream first(List<BackupPart> archive) throws IOException {
        TarReader tar = new TarReader(new ArchiveStream(archive, content::open));
        tar.next();
        return tar;
    }
}
