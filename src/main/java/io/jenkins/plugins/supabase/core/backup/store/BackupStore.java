package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.ManifestJson;
import io.jenkins.plugins.supabase.core.backup.format.NativeCrypto;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.blob.BlobContent;
import io.jenkins.plugins.supabase.core.blob.BlobStat;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationException;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One environment's backups in some destinations. */
public final class BackupStore {
    public static final String LATEST = "latest";

    private static final int SIGNATURE_BYTES = 64;
    /** Room for some 300,000 parts. */
    private static final int LONGEST_MANIFEST = 128 << 20;

    private final BackupKeys keys;
    private final List<Destination> destinations;

    /** @param destinations in the order in which they are asked; closing them is left to the caller */
    public BackupStore(String environment, List<Destination> destinations) {
        this.keys = new BackupKeys(environment);
        this.destinations = List.copyOf(destinations);
        if (destinations.isEmpty()) {
            throw new DeliveryException("No destination is given for the backups of environment '" + environment
                    + "', so that nothing was done. Name at least one, better two in different regions.");
        }
    }

    /** @return whose backups these are */
    public String environment() {
        return keys.environment();
    }

    public List<Destination> destinations() {
        return destinations;
    }

    BackupKeys keys() {
        return keys;
    }

    /**
     * What a new backup is called.
     *
     * @param previous id of the newest backup that there is, or null
     */
    public record Name(String id, long sequence, String previous) {}

    /**
     * @param asked the destinations that will be written to
     * @throws DestinationException when one of them does not answer
     */
    public Name next(List<Destination> asked, Instant now) throws InterruptedException {
        SortedSet<String> ids = new TreeSet<>(byOrder());
        for (Destination destination : asked) {
            ids.addAll(ids(destination));
        }
        String newest = ids.isEmpty() ? null : ids.last();
        long sequence = newest == null ? 1 : BackupId.sequence(newest) + 1;
        return new Name(BackupId.of(sequence, now), sequence, newest);
    }

    private static Comparator<String> byOrder() {
        return Comparator.comparingLong(BackupId::sequence).thenComparing(Comparator.naturalOrder());
    }

    private List<String> ids(Destination destination) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        for (BlobStat stat : destination.list(keys.manifests())) {
            String id = keys.idOf(stat.key());
            if (id != null) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Publishes a backup in one destination: this is the moment from which on it is there. */
    void commit(Destination destination, BackupManifest manifest, SigningKey key) throws InterruptedException {
        byte[] json = ManifestJson.write(manifest);
        Destination locking = destination.locking();
        locking.put(keys.signature(manifest.id()), BlobContent.of(key.sign(json)));
        locking.putIfAbsent(keys.manifest(manifest.id()), BlobContent.of(json));
    }

    /** Notes what a backup that is being made has stored already: the signature, then the manifest, in one object. */
    void keepUnfinished(Destination destination, BackupManifest soFar, SigningKey key) throws InterruptedException {
        byte[] json = ManifestJson.write(soFar);
        byte[] signed = Arrays.copyOf(key.sign(json), SIGNATURE_BYTES + json.length);
        System.arraycopy(json, 0, signed, SIGNATURE_BYTES, json.length);
        destination.put(keys.unfinished(soFar.id()), BlobContent.of(signed));
    }

    /** Whatever was begun before a backup that is there now is of no use any more. */
    void forgetUnfinished(Destination destination) throws InterruptedException {
        try {
            for (BlobStat stat : destination.list(keys.unfinished())) {
                destination.delete(stat.key());
            }
        } catch (DestinationException e) {
            // The backup is there; pruning tidies up.
        }
    }

    /**
     * @return what attempts that were interrupted have stored, the newest first: no backups, as most of one is missing;
     *     those that cannot be read or trusted are left out
     */
    public List<StoredBackup> unfinished(VerificationKey key) throws InterruptedException {
        Map<String, StoredBackup> found = new TreeMap<>(Comparator.reverseOrder());
        for (Destination destination : destinations) {
            try {
                for (BlobStat stat : destination.list(keys.unfinished())) {
                    byte[] signed = read(destination, stat.key(), LONGEST_MANIFEST);
                    int at = Math.min(SIGNATURE_BYTES, signed.length);
                    byte[] json = Arrays.copyOfRange(signed, at, signed.length);
                    if (key.signed(json, Arrays.copyOf(signed, at))) {
                        BackupManifest manifest = ManifestJson.read(json);
                        if (manifest.environment().equals(keys.environment())) {
                            found.putIfAbsent(stat.key(), new StoredBackup(manifest, destinations, List.of()));
                        }
                    }
                }
            } catch (IOException | DestinationException e) {
                // It would only have saved work.
                continue;
            }
        }
        return List.copyOf(found.values());
    }

    /** What {@link #list} found. */
    public record Listing(List<StoredBackup> backups, List<String> problems) {}

    /** @return the newest first; backups without a trustworthy manifest are no backups, but problems */
    public Listing list(VerificationKey key) throws InterruptedException {
        Map<String, List<Destination>> found = new TreeMap<>(byOrder().reversed());
        List<String> problems = new ArrayList<>();
        int silent = 0;
        for (Destination destination : destinations) {
            try {
                for (String id : ids(destination)) {
                    found.computeIfAbsent(id, unused -> new ArrayList<>()).add(destination);
                }
            } catch (DestinationException e) {
                problems.add(e.getMessage());
                silent++;
            }
        }
        if (silent == destinations.size()) {
            throw new DestinationException("No destination tells which backups of environment '" + keys.environment()
                    + "' there are. " + String.join(" ", problems));
        }
        List<StoredBackup> backups = new ArrayList<>();
        for (Map.Entry<String, List<Destination>> entry : found.entrySet()) {
            StoredBackup backup = load(entry.getKey(), entry.getValue(), key);
            if (backup.manifest() == null) {
                problems.addAll(backup.problems());
            } else {
                backups.add(backup);
            }
        }
        return new Listing(backups, problems);
    }

    /**
     * @param idOrLatest of the backup, or {@link #LATEST}
     * @throws DeliveryException when there is none, or none whose manifest is to be trusted
     */
    public StoredBackup find(String idOrLatest, VerificationKey key) throws InterruptedException {
        // What is found is read next.
        NativeCrypto.load();
        if (LATEST.equals(idOrLatest)) {
            Listing listing = list(key);
            if (listing.backups().isEmpty()) {
                throw new DeliveryException("There is no backup of environment '" + keys.environment()
                        + "' that could be read, so that nothing was done. "
                        + (listing.problems().isEmpty() ? "Make one with runBackup." : String.join(" ",
                                listing.problems())));
            }
            StoredBackup newest = listing.backups().get(0);
            List<String> problems = new ArrayList<>(newest.problems());
            problems.addAll(listing.problems());
            return new StoredBackup(newest.manifest(), newest.destinations(), problems);
        }
        String id = BackupId.check(idOrLatest);
        StoredBackup backup = load(id, destinations, key);
        if (backup.manifest() == null) {
            throw new DeliveryException("The backup " + id + " of environment '" + keys.environment()
                    + "' is not usable, so that nothing was done. " + String.join(" ", backup.problems()));
        }
        return backup;
    }

    private StoredBackup load(String id, List<Destination> asked, VerificationKey key) throws InterruptedException {
        Map<Destination, byte[]> sound = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (Destination destination : asked) {
            try {
                byte[] json = read(destination, keys.manifest(id), LONGEST_MANIFEST);
                byte[] signature = read(destination, keys.signature(id), SIGNATURE_BYTES);
                if (key.signed(json, signature)) {
                    sound.put(destination, json);
                } else {
                    problems.add(("The manifest of backup %s in destination %s is not signed with the key %s: it was"
                            + " damaged"
                            + " or forged, or another key signed it.").formatted(id, destination.name(), key.id()));
                }
            } catch (DestinationException e) {
                problems.add(e.getMessage());
            } catch (IOException e) {
                problems.add("The manifest of backup %s in destination %s cannot be read: %s."
                        .formatted(id, destination.name(), e.getMessage()));
            }
        }
        BackupManifest manifest = null;
        List<Destination> same = new ArrayList<>();
        for (Map.Entry<Destination, byte[]> entry : sound.entrySet()) {
            try {
                BackupManifest read = ManifestJson.read(entry.getValue());
                if (!read.id().equals(id) || !read.environment().equals(keys.environment())) {
                    problems.add(("The manifest of backup %s in destination %s is that of %s of environment %s:"
                            + " somebody copied or renamed it.")
                            .formatted(id, entry.getKey().name(), read.id(), read.environment()));
                    continue;
                }
                manifest = manifest == null ? read : manifest;
                same.add(entry.getKey());
            } catch (IOException e) {
                problems.add(("The manifest of backup %s in destination %s is signed, but %s: a newer version of the"
                        + " plugin wrote it.").formatted(id, entry.getKey().name(), e.getMessage()));
            }
        }
        return new StoredBackup(manifest, same, problems);
    }

    private static byte[] read(Destination destination, String key, int longest)
            throws IOException, InterruptedException {
        try (InputStream stream = destination.open(key)) {
            byte[] bytes = stream.readNBytes(longest + 1);
            if (bytes.length > longest) {
                throw new IOException("it is longer than it can be");
            }
            return bytes;
        }
    }

    /** Keeps what a verification found beside the backup, wherever that is. */
    public void keepVerification(StoredBackup backup, Instant time, byte[] json) throws InterruptedException {
        String key = keys.verifications(backup.manifest().id()) + time.toString().replaceAll("[:.]", "-") + ".json";
        for (Destination destination : backup.destinations()) {
            destination.put(key, BlobContent.of(json));
        }
    }

    /** @return what was found, the newest last; from the first destination that has any */
    public List<String> verifications(StoredBackup backup) throws InterruptedException {
        for (Destination destination : backup.destinations()) {
            List<String> found = new ArrayList<>();
            try {
                for (BlobStat stat : destination.list(keys.verifications(backup.manifest().id()))) {
                    found.add(new String(read(destination, stat.key(), LONGEST_MANIFEST), StandardCharsets.UTF_8));
                }
            } catch (IOException | DestinationException e) {
                continue;
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }
}
