package io.jenkins.plugins.supabase.core.backup.storage;

import io.jenkins.plugins.supabase.core.backup.database.PartTarget;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.PartWriter;
import io.jenkins.plugins.supabase.core.backup.format.SealedPart;
import io.jenkins.plugins.supabase.core.backup.format.TarWriter;
import io.jenkins.plugins.supabase.core.management.ObjectClient;
import io.jenkins.plugins.supabase.core.management.ObjectStream;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads objects and puts them into parts: small ones together, a large one into parts of its own. Of one thread. */
final class ObjectPacker implements AutoCloseable {
    /** A larger one is streamed, and shares no part with others. */
    static final int SMALL_BYTES = 1 << 20;

    private static final int MOST_TOGETHER = 2000;
    private static final int BUFFER_BYTES = 256 << 10;

    private final ObjectClient client;
    private final List<AgeRecipient> recipients;
    private final PartTarget target;
    private final GroupTarget groups;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private PartWriter pack;
    private List<String> packed = new ArrayList<>();

    /** Takes groups of which all parts are on their way. */
    @FunctionalInterface
    interface GroupTarget {
        void add(ObjectGroup group) throws InterruptedException;
    }

    ObjectPacker(ObjectClient client, List<AgeRecipient> recipients, PartTarget target, GroupTarget groups) {
        this.client = client;
        this.recipients = recipients;
        this.target = target;
        this.groups = groups;
    }

    /** @return how it is listed: with the size and the tag of what was read */
    ListedObject add(ListedObject object) throws IOException, InterruptedException {
        if (!ObjectClient.isAddressable(object.name())) {
            return object.as(ListedObject.State.MISSING, object.size(), object.eTag());
        }
        Optional<ObjectStream> found = client.open(object.bucket(), object.name());
        if (found.isEmpty()) {
            return object.as(ListedObject.State.MISSING, object.size(), object.eTag());
        }
        try (ObjectStream stream = found.get()) {
            boolean sameTag = object.eTag().isEmpty() || stream.eTag().isEmpty() || object.eTag().equals(stream.eTag());
            long size = stream.size() >= 0 ? stream.size() : object.size();
            if (size < 0) {
                throw new IOException("the Storage API does not say how long an object is");
            }
            boolean same = sameTag && (object.size() < 0 || object.size() == size);
            // Its fingerprint is that of the row, which these bytes are not: no later backup may take them for it.
            String known = same ? object.fingerprint() : null;
            if (size <= SMALL_BYTES) {
                addSmall(object.fingerprint(), known, readWhole(stream, size));
            } else {
                addLarge(object.fingerprint(), known, stream, size);
            }
            return same
                    ? object.as(ListedObject.State.SAME, size, object.eTag())
                    : object.as(ListedObject.State.CHANGED, size, stream.eTag());
        }
    }

    private static byte[] readWhole(InputStream stream, long size) throws IOException {
        byte[] content = stream.readNBytes((int) size + 1);
        if (content.length != size) {
            throw new IOException("an object of the storage is not as long as the Storage API said");
        }
        return content;
    }

    private void addSmall(String name, String known, byte[] content) throws IOException, InterruptedException {
        if (pack == null) {
            pack = new PartWriter(recipients);
        }
        TarWriter tar = new TarWriter(pack);
        tar.file(name, content);
        MessageDigest digest = Sha256.digest();
        digest.update(content);
        addHash(tar, name, digest);
        packed.add(known);
        if (pack.isFull() || packed.size() >= MOST_TOGETHER) {
            flush();
        }
    }

    private static void addHash(TarWriter tar, String name, MessageDigest digest) throws IOException {
        tar.file(name + ".sha256", (Sha256.hex(digest) + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void addLarge(String name, String known, InputStream stream, long size)
            throws IOException, InterruptedException {
        List<BackupPart> parts = new ArrayList<>();
        MessageDigest digest = Sha256.digest();
        PartWriter writer = new PartWriter(recipients);
        try {
            new TarWriter(writer).begin(name, size);
            for (long left = size; left > 0; ) {
                int read = stream.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException("an object of the storage ended before its end");
                }
                writer.write(buffer, 0, read);
                digest.update(buffer, 0, read);
                left -= read;
                if (writer.isFull()) {
                    parts.add(store(writer, parts.isEmpty()));
                    writer = new PartWriter(recipients);
                }
            }
            TarWriter tar = new TarWriter(writer);
            tar.pad(size);
            addHash(tar, name, digest);
            parts.add(store(writer, parts.isEmpty()));
        } finally {
            writer.close();
        }
        groups.add(new ObjectGroup(parts, known == null ? List.of() : List.of(known), null));
    }

    private BackupPart store(PartWriter writer, boolean first) throws IOException, InterruptedException {
        SealedPart sealed = writer.seal();
        target.store(sealed);
        return sealed.as(first ? PartKind.OBJECTS : PartKind.OBJECTS_CONTINUED);
    }

    /** Ends the part that is being filled. */
    void flush() throws IOException, InterruptedException {
        if (pack == null) {
            return;
        }
        PartWriter full = pack;
        pack = null;
        List<String> together = packed.stream().filter(known -> known != null).toList();
        packed = new ArrayList<>();
        try (full) {
            groups.add(new ObjectGroup(List.of(store(full, true)), together, null));
        }
    }

    @Override
    public void close() {
        if (pack != null) {
            pack.close();
        }
    }
}
