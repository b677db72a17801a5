package io.jenkins.plugins.supabase.core.scratch;

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
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * The folder of a scratch server. Its owner holds a lock on a file in it for as long as it lives, so that whoever comes
 * later knows which folders, and servers, were left behind.
 */
final class ScratchFolder implements AutoCloseable {
    private static final String PREFIX = "supabase-delivery-scratch-";
    private static final String LOCK = "owner.lock";
    /** Between making a folder and locking it there is a moment. */
    private static final Duration YOUNG = Duration.ofMinutes(1);
    private static final int ATTEMPTS = 20;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    /**
     * Looking into the lock of a folder of this process would give it up: POSIX locks go with any of a file's channels.
     */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private ScratchFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static ScratchFolder create(OtherUser user) throws IOException {
        Path path = Files.createTempDirectory(PREFIX);
        OWN.add(path);
        FileChannel lock = null;
        try {
            lock = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock.lock();
            user.own(path);
            return new ScratchFolder(path, lock);
        } catch (IOException | RuntimeException e) {
            // An interrupt, above all: whoever waits for a lock of a file while it comes gets an exception of its own.
            release(path, lock);
            throw e;
        }
    }

    Path path() {
        return path;
    }

    /** Ends the servers and deletes the folders of processes that are gone. */
    static void removeStale() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                if (!OWN.contains(folder) && isStale(folder)) {
                    serverOf(folder).ifPresent(ScratchFolder::end);
                    delete(folder);
                }
            }
        } catch (IOException e) {
            // Whoever comes next tries again.
        }
    }

    private static boolean isStale(Path folder) {
        try {
            Instant made = Files.getLastModifiedTime(folder).toInstant();
            if (made.isAfter(Instant.now().minus(YOUNG))) {
                return false;
            }
            Path file = folder.resolve(LOCK);
            if (!Files.exists(file)) {
                return true;
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                    FileLock lock = channel.tryLock()) {
                return lock != null;
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static Optional<ProcessHandle> serverOf(Path folder) {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("data/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(process -> isServerOf(process, folder));
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    /** A process number may have been given to another program since. */
    private static boolean isServerOf(ProcessHandle process, Path folder) {
        return process.info().commandLine().filter(line -> line.contains(folder.toString())).isPresent();
    }

    private static void end(ProcessHandle server) {
        server.children().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
    }

    @Override
    public void close() {
        release(path, lock);
    }

    private static void release(Path path, FileChannel lock) {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            // Closed with the process at the latest.
        }
        delete(path);
        OWN.remove(path);
    }

    /** Others may be deleting in it, or a program that is being ended writing to it: what stays at last is stale. */
    static void delete(Path folder) {
        for (int attempt = 1; attempt <= ATTEMPTS && !isDeleted(folder); attempt++) {
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
    }

    private static boolean isDeleted(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return !Files.exists(folder);
        }
    }
}
