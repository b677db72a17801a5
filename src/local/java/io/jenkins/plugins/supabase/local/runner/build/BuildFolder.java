package io.jenkins.plugins.supabase.local.runner.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where a build's records and artifacts are; made when the first is kept, deleted at the end unless somebody wants it. */
public final class BuildFolder implements AutoCloseable {
    private final Path wanted;
    private Path temporary;

    /** @param wanted null for a folder that is deleted at the end */
    public BuildFolder(Path wanted) {
        this.wanted = wanted;
    }

    synchronized Path path() {
        try {
            if (wanted != null) {
                return Files.createDirectories(wanted);
            }
            if (temporary == null) {
                temporary = Files.createTempDirectory("supabase-delivery-build-");
            }
            return temporary;
        } catch (IOException e) {
            throw new UncheckedIOException("There is no folder for the build's records", e);
        }
    }

    @Override
    public synchronized void close() {
        if (temporary == null) {
            return;
        }
        try (Stream<Path> walk = Files.walk(temporary)) {
            List<Path> contents = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : contents) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The build's temporary folder cannot be deleted", e);
        }
    }
}
