package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.blob.BlobNotFoundException;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what destinations say of versions. */
final class Publications {
    private static final int LONGEST = 1 << 20;

    private Publications() {}

    /** @throws DestinationException also when what is there is no publication */
    static Optional<Publication> find(Destination destination, String key) throws InterruptedException {
        try (InputStream stream = destination.open(key)) {
            return Optional.of(Publication.read(stream.readNBytes(LONGEST)));
        } catch (BlobNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new DestinationException(
                    ("The object %s of the destination %s cannot be used: %s. Nothing was changed. Restore it from another "
                                    + "destination, or delete it and publish the release again.")
                            .formatted(key, destination.name(), e.getMessage()),
                    e);
        }
    }

    static List<Publication> all(List<Destination> destinations, String prefix) throws InterruptedException {
        SortedMap<String, Publication> found = new TreeMap<>();
        List<DestinationException> failures = new ArrayList<>();
        for (Destination destination : destinations) {
            try {
                for (BlobStat stat : destination.list(prefix)) {
                    String version = stat.key().substring(prefix.length()).replaceFirst("\\.json$", "");
                    if (!found.containsKey(version)) {
                        find(destination, stat.key()).ifPresent(publication -> found.put(version, publication));
                    }
                }
            } catch (DestinationException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty() && failures.size() == destinations.size()) {
            throw failures.get(0);
        }
        return List.copyOf(found.values());
    }

    /** @return for messages: whence a release came */
    static String origin(Publication publication) {
        String commit = publication.commit() == null ? "no commit" : "commit " + publication.commit();
        String by = publication.publishedBy() == null ? "" : " by " + publication.publishedBy();
        return "%s, published %s%s".formatted(commit, publication.publishedAt(), by);
    }
}
