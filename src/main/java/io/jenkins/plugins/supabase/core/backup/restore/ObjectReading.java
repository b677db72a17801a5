package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.ListedObject;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.format.TarReader;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Compares the storage objects of a backup with their own hashes, and with its list of them. For several threads. */
final class ObjectReading {
    private static final String HASH = ".sha256";
    private static final int HEX_DIGITS = 64;

    private final Consumer<String> problems;
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    ObjectReading(Consumer<String> problems) {
        this.problems = problems;
    }

    /** @param archive a part of objects with those that it goes on in */
    void read(ArchiveStream archive) throws IOException {
        TarReader tar = new TarReader(archive);
        for (TarReader.Entry object = tar.next(); object != null; object = tar.next()) {
            String hash = Sha256.of(tar);
            TarReader.Entry beside = tar.next();
            String kept = beside == null ? "" : new String(tar.readAllBytes(), StandardCharsets.US_ASCII);
            boolean same = beside != null
                    && beside.name().equals(object.name() + HASH)
                    && kept.length() > HEX_DIGITS
                    && kept.substring(0, HEX_DIGITS).equals(hash);
            if (same) {
                found.add(object.name());
            } else {
                problems.accept("The storage object " + object.name() + " does not have the SHA-256 beside it.");
            }
        }
    }

    /** Afterwards: are there all? */
    void compare(BackupManifest manifest, PartContent content) throws IOException, InterruptedException {
        Set<String> lacking = new HashSet<>();
        for (BackupPart part : manifest.parts(PartKind.OBJECT_LIST)) {
            listed(content, part, object -> {
                if (object.state() != ListedObject.State.MISSING && !found.contains(object.fingerprint())) {
                    lacking.add(object.fingerprint());
                }
            });
        }
        lacking.stream().sorted().limit(10).forEach(fingerprint ->
                problems.accept("The storage object " + fingerprint + " is listed and in no part."));
        if (lacking.size() > 10) {
            problems.accept(lacking.size() - 10 + " further storage objects are listed and in no part.");
        }
    }

    static void listed(PartContent content, BackupPart part, Consumer<ListedObject> objects)
            throws IOException, InterruptedException {
        try (InputStream stream = content.open(part);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("{\"object\"")) {
                    objects.accept(ListedObject.read(line));
                }
            }
        }
    }
}
