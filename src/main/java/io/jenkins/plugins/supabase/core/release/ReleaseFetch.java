package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One search for a sound copy of a release. */
final class ReleaseFetch {
    private static final int BUFFER_BYTES = 256 << 10;

    private final List<Destination> destinations;
    private final String wanted;
    private final Path into;
    private final List<String> notes = new ArrayList<>();

    ReleaseFetch(List<Destination> destinations, String wanted, Path into) {
        this.destinations = destinations;
        this.wanted = wanted;
        this.into = into;
    }

    Release fetch() throws InterruptedException {
        if (!ReleaseStore.isDigest(wanted)) {
            ReleaseVersion.check(wanted);
        }
        Map<Destination, Publication> publications = ReleaseStore.isDigest(wanted) ? Map.of() : publications();
        for (Destination destination : destinations) {
            Publication publication = publications.get(destination);
            if (publication == null && !ReleaseStore.isDigest(wanted)) {
                continue;
            }
            String digest = publication == null ? wanted : publication.digest();
            try {
                return fetch(destination, digest, publication);
            } catch (DestinationException e) {
                notes.add(e.getMessage());
            }
        }
        throw new DeliveryException("The release %s was not fetched: %s. Nothing was changed. %s"
                .formatted(
                        wanted,
                        destinations.isEmpty()
                                ? "there is no destination to ask"
                                : "none of the destinations has a sound copy of it",
                        notes.isEmpty()
                                ? "Check the version, or build the release again from its commit."
                                : String.join(" ", notes)));
    }

    /** What each destination says of the version; two that differ are no matter of taking the first. */
    private Map<Destination, Publication> publications() throws InterruptedException {
        Map<Destination, Publication> found = new LinkedHashMap<>();
        for (Destination destination : destinations) {
            try {
                Publications.find(destination, ReleaseStore.versionKey(wanted))
                        .ifPresent(publication -> found.put(destination, publication));
            } catch (DestinationException e) {
                notes.add(e.getMessage());
            }
        }
        if (found.values().stream().map(Publication::digest).distinct().count() > 1) {
            StringBuilder sayings = new StringBuilder();
            found.forEach((destination, publication) -> sayings.append(" %s says %s (%s)."
                    .formatted(destination.name(), publication.digest(), Publications.origin(publication))));
            throw new DeliveryException(
                    ("The release %s was not fetched: the destinations do not agree on what it is.%s Nothing was changed. "
                                    + "Find out which of them was tampered with; until then name the release by its digest.")
                            .formatted(wanted, sayings));
        }
        return found;
    }

    private Release fetch(Destination destination, String digest, Publication publication)
            throws InterruptedException {
        Path partial = null;
        try {
            partial = Files.createTempFile(into, ".release-", ".part");
            download(destination, ReleaseStore.bundleKey(digest), partial);
            ReleaseManifest manifest = verified(destination, digest, partial);
            Path bundle = into.resolve(digest + ".zip");
            long size = Files.size(partial);
            Files.move(partial, bundle, StandardCopyOption.ATOMIC_MOVE);
            Publication known = publication == null ? publicationOf(destination, manifest, digest) : publication;
            return new Release(
                    digest,
                    manifest,
                    known == null ? null : known.branch(),
                    known == null ? null : known.tool(),
                    bundle,
                    size,
                    notes);
        } catch (IOException e) {
            throw new DeliveryException(
                    ("The release %s was not fetched: it cannot be written to %s (%s). Nothing was changed. Check that "
                                    + "folder and the space on its disk.")
                            .formatted(wanted, into, e.getMessage()),
                    e);
        } finally {
            delete(partial);
        }
    }

    private void download(Destination destination, String key, Path target) throws IOException, InterruptedException {
        try (InputStream in = destination.open(key);
                OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = read(in, buffer, destination, key); read >= 0; read = read(in, buffer, destination, key)) {
                out.write(buffer, 0, read);
            }
        }
    }

    private static int read(InputStream in, byte[] buffer, Destination destination, String key)
            throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new DestinationException(
                    "The destination %s broke off while %s was read (%s)."
                            .formatted(destination.name(), key, e.getMessage()),
                    e);
        }
    }

    private ReleaseManifest verified(Destination destination, String digest, Path file) throws InterruptedException {
        try {
            ReleaseManifest manifest = ReleaseBundle.open(file, digest).manifest();
            if (!ReleaseStore.isDigest(wanted) && !manifest.version().equals(wanted)) {
                throw new DeliveryException(
                        "the bundle %s is the version %s".formatted(digest, manifest.version()));
            }
            return manifest;
        } catch (DeliveryException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new DestinationException(
                    "The copy in the destination %s is damaged: %s.".formatted(destination.name(), reason), e);
        }
    }

    /** Says more of a release that was asked for by its digest; need not be there. */
    private static Publication publicationOf(Destination destination, ReleaseManifest manifest, String digest)
            throws InterruptedException {
        try {
            return Publications.find(destination, ReleaseStore.versionKey(manifest.version()))
                    .filter(found -> found.digest().equals(digest))
                    .orElse(null);
        } catch (DestinationException e) {
            return null;
        }
    }

    private static void delete(Path partial) {
        try {
            if (partial != null) {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            // A leftover in the caller's own folder.
        }
    }
}
