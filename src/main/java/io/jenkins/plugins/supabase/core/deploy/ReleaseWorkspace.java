package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.plan.ReleaseSummary;
import io.jenkins.plugins.supabase.core.project.SupabaseProject;
import io.jenkins.plugins.supabase.core.release.PublishResult;
import io.jenkins.plugins.supabase.core.release.Publisher;
import io.jenkins.plugins.supabase.core.release.Release;
import io.jenkins.plugins.supabase.core.release.ReleaseBuilder;
import io.jenkins.plugins.supabase.core.release.ReleaseBundle;
import io.jenkins.plugins.supabase.core.release.ReleaseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A release in a folder of its own, which is deleted when this is closed. What is deployed is unpacked and read from there,
 * so that it is exactly what the bundle holds.
 */
final class ReleaseWorkspace implements AutoCloseable {
    private final Path folder;
    private final Release release;
    private SupabaseProject project;

    private ReleaseWorkspace(Path folder, Release release) {
        this.folder = folder;
        this.release = release;
    }

    /**
     * @param destinations to fetch a published release from
     * @throws DeliveryException if there is no such release; nothing was changed then
     */
    static ReleaseWorkspace open(ReleaseSource source, List<Destination> destinations, Progress progress)
            throws InterruptedException {
        Path folder = temporaryFolder();
        boolean complete = false;
        try {
            Release release = source.release() == null
                    ? build(source, folder)
                    : new ReleaseStore(destinations).fetch(source.release(), folder);
            release.notes().forEach(progress::line);
            complete = true;
            return new ReleaseWorkspace(folder, release);
        } finally {
            if (!complete) {
                delete(folder);
            }
        }
    }

    private static Release build(ReleaseSource source, Path folder) throws InterruptedException {
        try {
            return ReleaseBuilder.of(Path.of(source.directory()))
                    .version(source.version())
                    .branch(source.branch())
                    .build(folder);
        } catch (InvalidPathException e) {
            throw new DeliveryException("directory: \"" + source.directory() + "\" is not a path. Nothing was changed."
                    + " Name the folder that holds migrations and functions, relative to the workspace.");
        }
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("supabase-delivery-release-");
        } catch (IOException e) {
            throw new DeliveryException("No temporary folder could be created (" + e.getMessage() + "). Nothing was changed."
                    + " Give the agent's java.io.tmpdir room and write access, then run the build again.", e);
        }
    }

    Release release() {
        return release;
    }

    /**
     * Unpacked when it is first asked for: a deployment that finds nothing to do needs none of the files.
     *
     * @throws DeliveryException if it cannot be deployed; nothing was changed then
     */
    SupabaseProject project() throws InterruptedException {
        if (project == null) {
            project = SupabaseProject.read(
                    ReleaseBundle.open(release.bundle(), release.digest()).unpack(folder.resolve("release")));
        }
        return project;
    }

    void copyBundle(Path into) {
        try {
            Files.copy(release.bundle(), into.resolve(release.bundle().getFileName()));
        } catch (IOException e) {
            throw new DeliveryException("The release could not be kept with the plan: " + e.getMessage() + ". Nothing was"
                    + " changed. Look at the space on the disk of the agent's temporary folder, and run the build again.", e);
        }
    }

    ReleaseSummary summary() {
        return new ReleaseSummary(
                release.digest(),
                release.version(),
                release.manifest().commit(),
                release.branch(),
                release.manifest().author(),
                release.manifest().modified());
    }

    /** @return a folder for files that are needed for a while */
    Path scratch() {
        return folder.resolve("scratch");
    }

    /** Stores the release wherever it is not yet, so that a rollback and a promotion find it. */
    void publish(List<Destination> destinations, Origin origin, Progress progress) throws InterruptedException {
        if (destinations.isEmpty()) {
            return;
        }
        PublishResult result = new ReleaseStore(destinations)
                .publish(release, new Publisher(origin.actor(), origin.buildUrl().isEmpty() ? null : origin.buildUrl()));
        result.failures().forEach(failure -> progress.line("WARNING: " + failure));
        progress.line("Release " + release.version() + " is kept in " + String.join(", ", result.stored()) + ".");
    }

    @Override
    public void close() {
        delete(folder);
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(ReleaseWorkspace.class.getName())
                    .log(System.Logger.Level.DEBUG, "Left behind: " + folder, e);
        }
    }
}
