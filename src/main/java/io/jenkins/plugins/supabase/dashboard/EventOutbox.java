package io.jenkins.plugins.supabase.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.supabase.core.ledger.AuditEvent;
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

/** Audit events that wait for the ledger of their environment, in a file each, so that they outlive a crash. */
final class EventOutbox {
    /** Of one environment: far more than happen while a database is away. */
    static final int MOST = 1_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    /** @param folder is created where it is missing */
    EventOutbox(Path folder) {
        this.folder = folder;
    }

    /** An event with the id by which the ledger knows it again. */
    record Waiting(UUID id, AuditEvent event) {
        private String line() {
            ObjectNode line = JSON.createObjectNode()
                    .put("id", id.toString())
                    .put("actor", event.actor())
                    .put("kind", event.kind())
                    .put("subject", event.subject());
            return line.set("payload", event.payload()).toString();
        }

        /** @return null for the rest of a line that a crash cut off */
        private static Waiting of(String line) {
            try {
                JsonNode json = JSON.readTree(line);
                return new Waiting(
                        UUID.fromString(json.path("id").asText()),
                        new AuditEvent(
                                json.path("actor").asText(),
                                json.path("kind").asText(),
                                json.path("subject").asText(),
                                (ObjectNode) json.path("payload")));
            } catch (JsonProcessingException e) {
                return null;
            }
        }
    }

    /**
     * On disk when this returns. One that waits already waits once.
     *
     * @throws IOException also where too many wait
     */
    synchronized void add(String environment, Waiting added) throws IOException {
        List<Waiting> before = waiting(environment);
        if (before.stream().anyMatch(one -> one.id().equals(added.id()))) {
            return;
        }
        if (before.size() >= MOST) {
            throw new IOException(MOST + " events wait already");
        }
        Files.createDirectories(folder);
        try (FileChannel file = FileChannel.open(
                file(environment), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
            // The line before may have been cut off.
            write(file, "\n" + added.line() + "\n");
        }
    }

    /** @return the oldest first */
    synchronized List<Waiting> waiting(String environment) throws IOException {
        try (var lines = Files.lines(file(environment), StandardCharsets.UTF_8)) {
            List<Waiting> found = new ArrayList<>();
            lines.filter(line -> !line.isBlank()).map(Waiting::of).forEach(found::add);
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
            for (Waiting one : waiting(environment)) {
                ledger.append(one.event(), one.id());
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
