package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.ConnectionSource;
import io.jenkins.plugins.supabase.core.ledger.Ledger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** What waits for the ledger of its environment, in a file an environment, so that they outlive a crash. */
final class EventOutbox {
    /** Of one environment: far more than happens while a database is away. */
    static final int MOST = 1_000;

    private final Path folder;

    /** @param folder is created where it is missing */
    EventOutbox(Path folder) {
        this.folder = folder;
    }

    /**
     * On disk when this returns. One that waits already waits once.
     *
     * @throws IOException also where too many wait
     */
    synchronized void add(String environment, WaitingEntry added) throws IOException {
        List<WaitingEntry> before = waiting(environment);
        if (before.stream().anyMatch(one -> one.id().equals(added.id()))) {
            return;
        }
        if (before.size() >= MOST) {
            throw new IOException(MOST + " entries wait already");
        }
        Files.createDirectories(folder);
        try (FileChannel file = FileChannel.open(
                file(environment), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            // The line before may have been cut off.
            write(file, "\n" + added.line() + "\n");
        }
    }

    /** @return the oldest first */
    synchronized List<WaitingEntry> waiting(String environment) throws IOException {
        try (var lines = Files.lines(file(environment), StandardCharsets.UTF_8)) {
            List<WaitingEntry> found = new ArrayList<>();
            lines.filter(line -> !line.isBlank()).map(WaitingEntry::read).forEach(found::add);
            found.removeIf(one -> one == null);
            return found;
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Writes what waits into the ledger, and forgets what is there. */
    void deliver(String environment, ConnectionSource connections) throws IOException {
        List<UUID> written = new ArrayList<>();
        try (Ledger ledger = Ledger.open(connections)) {
            for (WaitingEntry one : waiting(environment)) {
                one.writeTo(ledger);
                written.add(one.id());
            }
        } finally {
            remove(environment, written);
        }
    }

    private synchronized void remove(String environment, Collection<UUID> ids) throws IOException {
        String rest = waiting(environment).stream()
                .filter(one -> !ids.contains(one.id()))
                .map(one -> one.line() + "\n")
                .collect(Collectors.joining());
        Path file = file(environment);
        if (rest.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (FileChannel out = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            write(out, rest);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file(String environment) {
        return folder.resolve(environment + ".jsonl");
    }

    private static void write(FileChannel file, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
        file.force(true);
    }
}
