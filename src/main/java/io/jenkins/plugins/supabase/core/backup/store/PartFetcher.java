package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.HeapRoom;
import io.jenkins.plugins.supabase.core.backup.format.NativeCrypto;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a backup's parts, each from the first destination that has a sound copy. For several threads. */
public final class PartFetcher {
    private static final int READ_BYTES = 64 << 10;

    private final BackupKeys keys;
    private final StoredBackup backup;
    private final List<String> damages = new ArrayList<>();

    public PartFetcher(BackupStore store, StoredBackup backup) {
        this.keys = store.keys();
        this.backup = backup;
    }

    /** @throws DeliveryException naming part, table and what each destination has, when none has a sound copy */
    public byte[] fetch(BackupPart part) throws InterruptedException {
        List<String> tried = new ArrayList<>();
        for (Destination destination : backup.destinations()) {
            Copy copy = copy(part, destination);
            if (copy.damage() == null) {
                note(tried);
                return copy.bytes();
            }
            tried.add(copy.damage());
        }
        note(tried);
        throw new DeliveryException("No destination has a sound copy of %s of backup %s. %s".formatted(
                part.describe(), backup.manifest().id(), String.join(" ", tried)));
    }

    private void note(List<String> found) {
        synchronized (damages) {
            damages.addAll(found);
        }
    }

    /**
     * What one destination has of a part.
     *
     * @param bytes  null when they are not the right ones
     * @param damage a sentence; null when they are
     */
    private record Copy(byte[] bytes, String damage) {}

    private Copy copy(BackupPart part, Destination destination) throws InterruptedException {
        try (InputStream stream = destination.open(keys.part(part.sha256()))) {
            byte[] bytes = new byte[Math.toIntExact(part.size())];
            MessageDigest digest = NativeCrypto.sha256();
            int length = 0;
            for (int read = read(stream, bytes, 0); read > 0; read = read(stream, bytes, length)) {
                digest.update(bytes, length, read);
                length += read;
            }
            if (length < bytes.length) {
                return new Copy(null, damage(
                        part, destination, "has " + length + " instead of " + part.size() + " bytes"));
            }
            if (stream.read() >= 0) {
                return new Copy(null, damage(part, destination, "is longer than its " + part.size() + " bytes"));
            }
            return Sha256.hex(digest).equals(part.sha256())
                    ? new Copy(bytes, null)
                    : new Copy(null, damage(part, destination, "does not have its SHA-256"));
        } catch (OutOfMemoryError e) {
            throw new DeliveryException(
                    "A part was not read: " + HeapRoom.lacking(part.describe()) + ", then try again.", e);
        } catch (DestinationException e) {
            return new Copy(null, damage(part, destination, "cannot be had: " + e.getMessage()));
        } catch (IOException e) {
            return new Copy(null, damage(part, destination, "cannot be read: " + e.getMessage()));
        }
    }

    /** Not all at once: what was read is hashed while it is in the core's own cache. */
    private static int read(InputStream stream, byte[] bytes, int offset) throws IOException {
        return stream.readNBytes(bytes, offset, Math.min(READ_BYTES, bytes.length - offset));
    }

    private static String damage(BackupPart part, Destination destination, String what) {
        return "In destination %s, %s (%s) %s.".formatted(destination.name(), part.describe(), part.sha256(), what);
    }

    /**
     * Reads every copy of a part.
     *
     * @param repair whether a damaged copy is replaced by a sound one
     * @return the sound bytes, or empty where no destination has them; then nothing was repaired
     */
    public Optional<byte[]> check(BackupPart part, boolean repair) throws InterruptedException {
        byte[] sound = null;
        List<Destination> damaged = new ArrayList<>();
        List<String> found = new ArrayList<>();
        for (Destination destination : backup.destinations()) {
            Copy copy = copy(part, destination);
            if (copy.damage() == null) {
                sound = copy.bytes();
            } else {
                damaged.add(destination);
                found.add(copy.damage());
            }
        }
        if (repair && sound != null) {
            for (Destination destination : damaged) {
                try {
                    destination.locking().put(keys.part(part.sha256()), BlobContent.of(sound));
                    found.add("It was replaced in destination " + destination.name() + " by a sound copy.");
                } catch (DestinationException e) {
                    found.add(e.getMessage());
                }
            }
        }
        note(found);
        return Optional.ofNullable(sound);
    }

    /** @return a sentence for each damaged copy that was come across */
    public List<String> damages() {
        synchronized (damages) {
            return List.copyOf(damages);
        }
    }
}
