package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The releases in some destinations: {@code releases/<digest>.zip} and {@code releases/versions/<version>.json}. A version
 * names one digest for ever, in all of them.
 */
public final class ReleaseStore {
    private static final String RELEASES = "releases/";
    private static final String VERSIONS = RELEASES + "versions/";

    private final List<Destination> destinations;
    private final Clock clock;

    /** @param destinations in the order in which they are asked; closing them is left to the caller */
    public ReleaseStore(List<? extends Destination> destinations) {
        this(destinations, Clock.systemUTC());
    }

    ReleaseStore(List<? extends Destination> destinations, Clock clock) {
        this.destinations = List.copyOf(destinations);
        this.clock = clock;
    }

    /**
     * Stores a release wherever it is not yet. First the bundle, then its version: whoever finds a version finds its
     * bundle. Publishing again, or by two at once, does no harm.
     *
     * @throws DeliveryException when the version names another digest in one of the destinations, or when none of them
     *     took the release
     */
    public PublishResult publish(Release release, Publisher publisher) throws InterruptedException {
        Publication publication = Publication.of(release, publisher, clock.instant());
        Map<String, String> failures = new TreeMap<>();
        for (Destination destination : destinations) {
            try {
                requireNoOther(destination, release);
            } catch (DestinationException e) {
                failures.put(destination.name(), e.getMessage());
            }
        }
        List<String> stored = new ArrayList<>();
        for (Destination destination : destinations) {
            if (!failures.containsKey(destination.name())) {
                try {
                    publish(release, publication, destination);
                    stored.add(destination.name());
                } catch (DestinationException e) {
                    failures.put(destination.name(), e.getMessage());
                }
            }
        }
        List<String> told = List.copyOf(failures.values());
        if (stored.isEmpty()) {
            throw new DeliveryException(
                    "The release %s was published nowhere. %s".formatted(release.version(), String.join(" ", told)));
        }
        return new PublishResult(stored, told);
    }

    private static void publish(Release release, Publication publication, Destination destination)
            throws InterruptedException {
        String key = bundleKey(release.digest());
        BlobContent bundle = BlobContent.of(release.bundle(), release.size(), release.digest());
        Optional<BlobStat> there = destination.stat(key);
        if (there.isEmpty()) {
            destination.putIfAbsent(key, bundle);
        } else if (there.get().size() != release.size()) {
            // A file of that name can be nothing but a damaged copy.
            destination.put(key, bundle);
        }
        destination.putIfAbsent(versionKey(release.version()), BlobContent.of(publication.toJson()));
        requireNoOther(destination, release);
    }

    /** Also asked after writing: another publisher may have been a moment faster. */
    private static void requireNoOther(Destination destination, Release release) throws InterruptedException {
        Optional<Publication> found = Publications.find(destination, versionKey(release.version()));
        if (found.isPresent() && !found.get().digest().equals(release.digest())) {
            Publication other = found.get();
            throw new DeliveryException(
                    ("The release %s was not published: in the destination %s that version is another bundle already (%s, %s),"
                                    + " and this one is %s. A version names one bundle for ever, so nothing was replaced. %s")
                            .formatted(
                                    release.version(),
                                    destination.name(),
                                    other.digest(),
                                    Publications.origin(other),
                                    release.digest(),
                                    "Choose another version; applications that share a destination need a prefix or a "
                                            + "folder each."));
        }
    }

    /**
     * Fetches a release from the first destination that has a sound copy of it.
     *
     * @param versionOrDigest a digest has 64 hex digits, and no version has
     * @param into            an existing folder; it gets {@code <digest>.zip}
     * @return with notes on the destinations that could not give it
     * @throws DeliveryException when none of the destinations has a sound copy; it says what each of them has
     */
    public Release fetch(String versionOrDigest, Path into) throws InterruptedException {
        return new ReleaseFetch(destinations, versionOrDigest, into).fetch();
    }

    /**
     * @return what has been published, by version; from all destinations that answer
     * @throws DestinationException when none of them answers
     */
    public List<Publication> publications() throws InterruptedException {
        return Publications.all(destinations, VERSIONS);
    }

    static String bundleKey(String digest) {
        return RELEASES + digest + ".zip";
    }

    static String versionKey(String version) {
        return VERSIONS + version + ".json";
    }

    static boolean isDigest(String versionOrDigest) {
        return Sha256.is(versionOrDigest);
    }
}
