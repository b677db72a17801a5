package io.jenkins.plugins.supabase.core.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A folder, also one that several machines mount. An object is written under another name, forced to the disk and only
 * then given its own name, which is one step for everybody who looks.
 */
public final class FolderDestination implements Destination {
    private final String name;
    private final String region;
    private final Path root;
    private final Throttle throttle;
    /** Folders where leftovers have been looked for; once is enough, as listing a big folder takes its time. */
    private final Set<Path> swept = ConcurrentHashMap.newKeySet();

    /** @param root an existing folder: one that is created by mistake, where nothing is mounted, would lose what it gets */
    public FolderDestination(String name, String region, Path root) {
        this(name, region, root, Throttle.NONE);
    }

    FolderDestination(String name, String region, Path root, Throttle throttle) {
        this.throttle = throttle;
        this.name = name;
        this.region = region == null ? "" : region;
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String region() {
        return region;
    }

    @Override
    public boolean putIfAbsent(String key, BlobContent content) throws InterruptedException {
        Path target = file(key);
        try {
            if (isObject(target)) {
                return false;
            }
            try (PartialFile partial = write(key, target, content)) {
                return partial.publishUnlessThere(target);
            }
        } catch (IOException e) {
            throw failed("The object %s was not stored".formatted(key), e);
        }
    }

    @Override
    public void put(String key, BlobContent content) throws InterruptedException {
        Path target = file(key);
        try (PartialFile partial = write(key, target, content)) {
            partial.publish(target);
        } catch (IOException e) {
            throw failed("The object %s was not stored".formatted(key), e);
        }
    }

    private PartialFile write(String key, Path target, BlobContent content) throws IOException, InterruptedException {
        requireRoot();
        Files.createDirectories(target.getParent());
        if (swept.add(target.getParent())) {
            PartialFile.sweep(target.getParent());
        }
        PartialFile partial = PartialFile.in(target.getParent());
        try {
            partial.write(throttle.limit(content));
            if (!partial.digest().equals(BlobDigest.of(content))) {
                throw Mismatch.ofContent(name, key, content, partial.digest());
            }
            return partial;
        } catch (ClosedByInterruptException e) {
            partial.close();
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException | InterruptedException | RuntimeException e) {
            partial.close();
            throw e;
        }
    }

    @Override
    public InputStream open(String key) {
        Path file = file(key);
        try {
            if (!isObject(file)) {
                requireRoot();
                throw new BlobNotFoundException(name, key);
            }
            return throttle.limit(Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            throw new BlobNotFoundException(name, key);
        } catch (IOException e) {
            throw failed("The object %s cannot be read".formatted(key), e);
        }
    }

    @Override
    public Optional<BlobStat> stat(String key) {
        try {
            Optional<BlobStat> stat = statOf(key, file(key));
            if (stat.isEmpty()) {
                requireRoot();
            }
            return stat;
        } catch (IOException e) {
            throw failed("The object %s cannot be looked at".formatted(key), e);
        }
    }

    @Override
    public List<BlobStat> list(String prefix) throws InterruptedException {
        List<BlobStat> found = new ArrayList<>();
        int lastSlash = prefix.lastIndexOf('/');
        try {
            requireRoot();
            Path start = lastSlash < 0 ? root : file(prefix.substring(0, lastSlash));
            collect(start, prefix.substring(0, lastSlash + 1), prefix, found);
        } catch (IOException e) {
            throw failed("Its objects cannot be listed", e);
        }
        found.sort((a, b) -> BlobKey.ORDER.compare(a.key(), b.key()));
        return found;
    }

    /** @param path of the folder, with a slash at its end unless it is the root */
    private void collect(Path folder, String path, String prefix, List<BlobStat> found)
            throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> entries;
        try (var stream = Files.list(folder)) {
            entries = stream.toList();
        }
        for (Path entry : entries) {
            String segment = entry.getFileName().toString();
            String key = path + segment;
            if (!BlobKey.isSegment(segment) || !(key.startsWith(prefix) || prefix.startsWith(key + "/"))) {
                continue;
            }
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                collect(entry, key + "/", prefix, found);
            } else if (key.startsWith(prefix)) {
                statOf(key, entry).ifPresent(found::add);
            }
        }
    }

    @Override
    public void delete(String key) {
        try {
            Path file = file(key);
            if (isObject(file)) {
                Files.deleteIfExists(file);
            } else {
                requireRoot();
            }
        } catch (IOException e) {
            throw failed("The object %s was not deleted".formatted(key), e);
        }
    }

    @Override
    public void sweepLeftovers(String prefix) throws InterruptedException {
        try {
            requireRoot();
            sweepBelow(file(prefix.substring(0, prefix.length() - 1)));
        } catch (IOException e) {
            throw failed("Leftovers of uploads were not deleted", e);
        }
    }

    private static void sweepBelow(Path folder) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            PartialFile.sweep(folder);
            List<Path> entries;
            try (var stream = Files.list(folder)) {
                entries = stream.toList();
            }
            for (Path entry : entries) {
                sweepBelow(entry);
            }
        }
    }

    @Override
    public void close() {
        // Holds nothing open.
    }

    private Path file(String key) {
        try {
            Path file = root.resolve(BlobKey.check(key)).normalize();
            if (!file.startsWith(root) || file.equals(root)) {
                throw new IllegalArgumentException("\"" + key + "\" leaves the folder.");
            }
            return file;
        } catch (InvalidPathException e) {
            throw new DestinationException(
                    ("The object %s cannot be in the folder of the destination %s: this machine cannot write such a name"
                                    + " (%s). Nothing was changed. On Linux, a UTF-8 locale (LC_ALL=C.UTF-8) helps.")
                            .formatted(key, name, e.getReason()),
                    e);
        }
    }

    /** A link would lead out of the folder. */
    private static boolean isObject(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<BlobStat> statOf(String key, Path file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile()
                    ? Optional.of(new BlobStat(
                            key, attributes.size(), attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private void requireRoot() {
        if (!Files.isDirectory(root)) {
            throw new DestinationException(
                    ("The folder of the destination %s, %s, is not there. Nothing was stored or deleted. Mount it, or "
                                    + "create it where it is meant to be; it is not created by itself, so that nothing "
                                    + "lands beside a file system that is not mounted.")
                            .formatted(name, root));
        }
    }

    private DestinationException failed(String what, IOException cause) {
        requireRoot();
        return new DestinationException(
                "%s: the folder of the destination %s, %s, does not let it (%s). %s"
                        .formatted(what, name, root, IoReason.of(cause), IoReason.adviceFor(cause)),
                cause);
    }
}
