package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads a bundle and believes nothing of it. Messages of its exceptions are parts of sentences. */
final class BundleReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 << 10;
    /** A manifest of 100,000 files has about a fifth of it. */
    private static final int LONGEST_MANIFEST = 64 << 20;

    private final ZipFile zip;

    BundleReader(Path file) throws IOException {
        zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
    }

    ReleaseManifest verify() throws IOException, InterruptedException {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        for (ZipEntry entry : entries) {
            if (entry.getMethod() != ZipEntry.STORED || entry.getSize() != entry.getCompressedSize()) {
                throw new IOException(entry.getName() + " in it is compressed, which no release is");
            }
        }
        if (entries.isEmpty() || !entries.get(0).getName().equals(BundleWriter.MANIFEST)) {
            throw new IOException("it does not begin with " + BundleWriter.MANIFEST);
        }
        ReleaseManifest manifest = manifest(entries.get(0));
        List<String> listed = new ArrayList<>(List.of(BundleWriter.MANIFEST));
        manifest.files().forEach(file -> listed.add(file.path()));
        List<String> found = new ArrayList<>();
        entries.forEach(entry -> found.add(entry.getName()));
        requireSame(listed, found);
        for (ReleaseFile file : manifest.files()) {
            copy(file, OutputStream.nullOutputStream());
        }
        return manifest;
    }

    private ReleaseManifest manifest(ZipEntry entry) throws IOException {
        if (entry.getSize() > LONGEST_MANIFEST) {
            throw new IOException("its release.json is too large");
        }
        try (InputStream stream = zip.getInputStream(entry)) {
            return ManifestJson.read(stream.readAllBytes());
        }
    }

    private static void requireSame(List<String> listed, List<String> found) throws IOException {
        Set<String> names = new HashSet<>();
        for (String name : found) {
            if (!names.add(name)) {
                throw new IOException(name + " is in it twice");
            }
        }
        for (String name : listed) {
            if (!names.remove(name)) {
                throw new IOException("its release.json lists %s, which is not in it or is listed twice".formatted(name));
            }
        }
        if (!names.isEmpty()) {
            throw new IOException("it holds %s, which its release.json does not list".formatted(names.iterator().next()));
        }
        if (!listed.equals(found)) {
            throw new IOException("its files are not in the order of its release.json");
        }
    }

    void copy(ReleaseFile file, Path target) throws IOException, InterruptedException {
        try (OutputStream out =
                Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            copy(file, out);
        }
    }

    private void copy(ReleaseFile file, OutputStream out) throws IOException, InterruptedException {
        MessageDigest sha256 = Sha256.digest();
        long size = 0;
        ZipEntry entry = zip.getEntry(file.path());
        if (entry == null) {
            throw new IOException(file.path() + " is no longer in it");
        }
        try (InputStream stream = zip.getInputStream(entry)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                sha256.update(buffer, 0, read);
                size += read;
                out.write(buffer, 0, read);
            }
        }
        if (size != file.size() || !Sha256.hex(sha256).equals(file.sha256())) {
            throw new IOException(file.path() + " in it is not of the size and SHA-256 that its release.json lists");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
