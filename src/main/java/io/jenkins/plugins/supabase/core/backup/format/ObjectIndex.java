package io.jenkins.plugins.supabase.core.backup.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells in which group of parts each storage object is. It is not encrypted: whoever makes the next backup compares
 * with it, and has no key that opens one.
 */
public final class ObjectIndex {
    private static final int LEVEL = 3;

    private ObjectIndex() {}

    /** A part of objects, and those that it goes on in. */
    public static List<List<BackupPart>> groups(BackupManifest manifest) throws IOException {
        List<List<BackupPart>> groups = new ArrayList<>();
        for (BackupPart part : manifest.parts()) {
            if (part.kind() == PartKind.OBJECTS) {
                groups.add(new ArrayList<>(List.of(part)));
            } else if (part.kind() == PartKind.OBJECTS_CONTINUED) {
                if (groups.isEmpty()) {
                    throw new IOException("the manifest begins in the middle of an object");
                }
                groups.get(groups.size() - 1).add(part);
            }
        }
        return groups;
    }

    /** @param fingerprints of the objects in each group, in the order of the groups */
    public static byte[] write(List<List<String>> fingerprints) {
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < fingerprints.size(); group++) {
            for (String fingerprint : fingerprints.get(group)) {
                text.append(fingerprint).append(' ').append(group).append('\n');
            }
        }
        return Zstd.compress(text.toString().getBytes(StandardCharsets.US_ASCII), LEVEL);
    }

    /** @return as they were given to {@link #write}, as many lists as there are groups */
    public static List<List<String>> read(byte[] file, int groups) throws IOException {
        List<List<String>> fingerprints = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            fingerprints.add(new ArrayList<>());
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(file)), StandardCharsets.US_ASCII))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int space = line.indexOf(' ');
                int group = Integer.parseInt(line.substring(space + 1));
                fingerprints.get(group).add(line.substring(0, space));
            }
        } catch (RuntimeException e) {
            throw new IOException("the index of objects is none", e);
        }
        return fingerprints;
    }
}
