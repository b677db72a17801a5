package io.jenkins.plugins.supabase.core.blob;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A file on its way into a folder: in the same folder, so that giving it its name copies nothing, and with a name that no
 * key of an object has. Gone when it is closed without having been published.
 */
final class PartialFile implements AutoCloseable {
    private static final String PREFIX = ".part-";
    /** No upload to a folder takes longer, even when its clock and ours differ. */
    private static final Duration ABANDONED = Duration.ofDays(2);
    /** EINVAL, EOPNOTSUPP, ENOSYS. */
    private static final Pattern NOT_FOR_FOLDERS =
            Pattern.compile("Invalid argument|not supported|not implemented", Pattern.CASE_INSENSITIVE);

    private final Path file;
    private BlobDigest digest;

    private PartialFile(Path file) {
        this.file = file;
    }

    static PartialFile in(Path folder) {
        return new PartialFile(folder.resolve(PREFIX + UUID.randomUUID()));
    }

    /** Ends with the bytes on the disk. */
    void write(BlobContent content) throws IOException, InterruptedException {
        MessageDigest sha256 = content.hashedInMemory() ? null : Sha256.digest();
        try (InputStream stream = content.open(0);
                UncachedFile target = new UncachedFile(file, content.size())) {
            byte[] buffer = new byte[UncachedFile.PIECE_BYTES];
            for (int read = fill(buffer, stream); read > 0; read = fill(buffer, stream)) {
                if (sha256 != null) {
                    sha256.update(buffer, 0, read);
                }
                target.write(buffer, read);
            }
            target.force();
            digest = new BlobDigest(target.size(), sha256 == null ? content.sha256() : Sha256.hex(sha256));
        }
    }

    private static int fill(byte[] buffer, InputStream stream) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return stream.readNBytes(buffer, 0, buffer.length);
    }

    /** @return of what was written */
    BlobDigest digest() {
        return digest;
    }

    /** Replaces what has the name now; that is done also where forcing the new name to the disk fails then. */
    void publish(Path target) throws IOException {
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(target.getParent());
    }

    /** @return false where the name was taken, also by somebody who was a moment faster */
    boolean publishUnlessThere(Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            // NFS repeats a request whose answer was lost, and then refuses what it has done.
            if (!Files.isSameFile(target, file)) {
                return false;
            }
        } catch (FileSystemException | UnsupportedOperationException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            // A file system without hard links: here alone two at a time may both believe that they were first.
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        }
        try {
            forceFolder(target.getParent());
        } catch (IOException e) {
            // It may be gone after the next power cut, so that nobody is to count on it now.
            Files.deleteIfExists(target);
            throw e;
        }
        return true;
    }

    /** So that the name outlives a power cut, too. */
    private static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Windows opens no folders; it keeps names by itself.
            return;
        }
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            // Some network file systems know no such thing, and keep names by themselves.
            if (!NOT_FOR_FOLDERS.matcher(IoReason.of(e)).find()) {
                throw e;
            }
        }
    }

    /** Deletes what earlier processes left that were killed. */
    static void sweep(Path folder) throws IOException {
        Instant limit = Instant.now().minus(ABANDONED);
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path leftover : leftovers) {
                if (Files.getLastModifiedTime(leftover).toInstant().isBefore(limit)) {
                    Files.deleteIfExists(leftover);
                }
            }
        } catch (NoSuchFileException e) {
            // Somebody else swept, or published it; the next process looks again.
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
