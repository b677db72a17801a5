package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.Evidence;
import io.jenkins.plugins.supabase.core.backup.format.HeapRoom;
import io.jenkins.plugins.supabase.core.backup.format.ObjectIndex;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.RowHash;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads every copy of every part, and with a key what is in them. */
final class BackupReading {
    private final BackupManifest manifest;
    private final PartFetcher fetcher;
    private final boolean repair;
    private final int parallel;
    private final PartContent content;
    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
    private final ObjectReading objects = new ObjectReading(problems::add);
    /** By the statement that takes a table's rows. */
    private final Map<String, RowHash> hashes = new HashMap<>();

    /** @param content null where only hashes are compared */
    BackupReading(BackupManifest manifest, PartFetcher fetcher, PartContent content, boolean repair, int parallel) {
        this.manifest = manifest;
        this.fetcher = fetcher;
        this.content = content;
        this.repair = repair;
        this.parallel = parallel;
    }

    /** @return a sentence for each problem */
    List<String> run() throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(parallel);
        try {
            List<Future<?>> pending = new ArrayList<>();
            for (BackupPart part : manifest.parts()) {
                if (content == null || !isOfObjects(part)) {
                    pending.add(executor.submit(() -> {
                        check(part);
                        return null;
                    }));
                }
            }
            for (List<BackupPart> archive : content == null ? List.<List<BackupPart>>of() : archives()) {
                pending.add(executor.submit(() -> {
                    checkObjects(archive);
                    return null;
                }));
            }
            for (Future<?> future : pending) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            executor.shutdownNow();
        }
        List<String> all = new ArrayList<>(fetcher.damages());
        if (content != null && problems.isEmpty()) {
            compareHashes();
            compareObjects();
        }
        all.addAll(problems);
        return all;
    }

    private void check(BackupPart part) throws InterruptedException {
        Optional<byte[]> sound = fetcher.check(part, repair);
        if (sound.isEmpty()) {
            problems.add(lost(part));
            return;
        }
        if (content == null || part.kind().isPlain()) {
            return;
        }
        try (InputStream stream = content.open(sound.get())) {
            RowHash hash = new RowHash();
            long size = new RowReader(hash).read(stream);
            boolean table = part.kind() == PartKind.TABLE;
            if (size != part.plainSize() || table && hash.rows() != part.rows()) {
                problems.add("%s (%s) holds %d bytes and %d rows, and should hold %d and %d.".formatted(
                        part.describe(), part.sha256(), size, hash.rows(), part.plainSize(), part.rows()));
            }
            if (table) {
                synchronized (hashes) {
                    hashes.computeIfAbsent(part.copy(), unused -> new RowHash()).add(hash);
                }
            }
        } catch (OutOfMemoryError e) {
            throw new DeliveryException("The backup was not verified: " + HeapRoom.lacking(part.describe())
                    + ", then verify again.", e);
        } catch (IOException e) {
            problems.add(part.describe() + " (" + part.sha256() + ") cannot be read: " + e.getMessage() + ".");
        }
    }

    private static String lost(BackupPart part) {
        return "No destination has a sound copy of " + part.describe() + " (" + part.sha256() + ").";
    }

    private static boolean isOfObjects(BackupPart part) {
        return part.kind() == PartKind.OBJECTS || part.kind() == PartKind.OBJECTS_CONTINUED;
    }

    private List<List<BackupPart>> archives() {
        try {
            return ObjectIndex.groups(manifest);
        } catch (IOException e) {
            problems.add("The storage objects cannot be read: " + e.getMessage() + ".");
            return List.of();
        }
    }

    private void checkObjects(List<BackupPart> parts) throws InterruptedException {
        ArchiveStream archive = new ArchiveStream(parts, part -> content.open(
                fetcher.check(part, repair).orElseThrow(() -> new IOException(lost(part)))));
        try (archive) {
            objects.read(archive);
            long plain = parts.stream().mapToLong(BackupPart::plainSize).sum();
            if (archive.size() != plain) {
                problems.add("%s (%s) holds %d bytes, and should hold %d.".formatted(
                        parts.get(0).describe(), parts.get(0).sha256(), archive.size(), plain));
            }
        } catch (InterruptedIOException e) {
            throw new InterruptedException();
        } catch (IOException e) {
            BackupPart first = parts.get(0);
            problems.add(first.describe() + " (" + first.sha256() + ") cannot be read: " + e.getMessage());
            for (BackupPart part : archive.unopened()) {
                check(part);
            }
        }
    }

    private void compareObjects() throws InterruptedException {
        try {
            objects.compare(manifest, content);
        } catch (IOException e) {
            problems.add("The list of storage objects cannot be read: " + e.getMessage() + ".");
        }
    }

    private void compareHashes() throws InterruptedException {
        try {
            for (Evidence.Table table : evidence().tables()) {
                RowHash found = hashes.entrySet().stream()
                        .filter(entry -> isOf(entry.getKey(), table.name()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElseGet(RowHash::new);
                if (!table.hash().equals(Evidence.Hash.of(found))) {
                    problems.add("The rows of table " + table.name() + " are not those of the snapshot.");
                }
            }
        } catch (IOException e) {
            problems.add("The evidence cannot be read: " + e.getMessage() + ".");
        }
    }

    private static boolean isOf(String copy, String table) {
        return copy.startsWith("COPY " + table + " ");
    }

    private Evidence evidence() throws IOException, InterruptedException {
        try (InputStream stream = content.open(manifest.parts(PartKind.EVIDENCE).get(0))) {
            return Evidence.read(stream);
        }
    }
}
