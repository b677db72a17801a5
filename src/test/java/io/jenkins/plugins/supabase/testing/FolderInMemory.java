package io.jenkins.plugins.supabase.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * A folder for a server's files where Linux keeps files in memory: each database of a test is 300 files of 7 MB, which on
 * a disk cost several times the processor time and most of the waiting.
 */
final class FolderInMemory {
    private static final Logger LOGGER = Logger.getLogger(FolderInMemory.class.getName());
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final String PREFIX = "supabase-delivery-tests-";
    /** Of a few such folders at a time; containers often have 64 MB. */
    private static final long ENOUGH_BYTES = 2L << 30;
    /** The embedded server holds this file locked. */
    private static final String LOCK = "epg-lock";
    /** Between making a folder and locking it there is a moment. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private FolderInMemory() {}

    /** @return a new folder; nothing where there is no such place, or little room */
    static Optional<Path> create() {
        try {
            if (!Files.isWritable(MEMORY)) {
                return Optional.empty();
            }
            deleteStale();
            return Files.getFileStore(MEMORY).getUsableSpace() < ENOUGH_BYTES
                    ? Optional.empty()
                    : Optional.of(Files.createTempDirectory(MEMORY, PREFIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Others may be deleting it too, or its server still be writing: whoever comes next tries again. */
    private static void delete(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOGGER.log(Level.FINE, e, () -> "Left for the next: " + folder);
        }
    }

    /** Of processes that were killed. */
    private static void deleteStale() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(MEMORY, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isStale(folder)) {
                    delete(folder);
                }
            }
        }
    }

    private static boolean isStale(Path folder) {
        try {
            if (Files.getLastModifiedTime(folder).toInstant().isAfter(Instant.now().minus(YOUNG))) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock != null;
            }
        } catch (IOException e) {
            return !Files.exists(folder.resolve(LOCK));
        }
    }
}
