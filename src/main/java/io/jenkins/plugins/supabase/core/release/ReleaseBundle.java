package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A bundle whose every byte was found to be what it says it is. */
public final class ReleaseBundle {
    private final Path file;
    private final String digest;
    private final ReleaseManifest manifest;

    private ReleaseBundle(Path file, String digest, ReleaseManifest manifest) {
        this.file = file;
        this.digest = digest;
        this.manifest = manifest;
    }

    /**
     * Reads the whole file: its digest, its manifest, and every file in it.
     *
     * @throws DeliveryException when it is no sound bundle
     */
    public static ReleaseBundle open(Path file) throws InterruptedException {
        return open(file, null);
    }

    /**
     * @param digest that the bundle must have, 64 hex digits; null for any
     * @throws DeliveryException when it is another one, or no sound one
     */
    public static ReleaseBundle open(Path file, String digest) throws InterruptedException {
        try {
            String found = digest(file);
            if (digest != null && !digest.equals(found)) {
                throw new IOException("its SHA-256 is %s instead of %s".formatted(found, digest));
            }
            try (BundleReader reader = new BundleReader(file)) {
                return new ReleaseBundle(file, found, reader.verify());
            }
        } catch (IOException e) {
            throw unsound(file, e);
        }
    }

    private static String digest(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return Sha256.of(stream);
        }
    }

    /** @return SHA-256 of the file, 64 hex digits */
    public String digest() {
        return digest;
    }

    public ReleaseManifest manifest() {
        return manifest;
    }

    public Path file() {
        return file;
    }

    /**
     * @param directory gets a folder {@code supabase}, which must not be there; is created where needed
     * @return that folder
     * @throws DeliveryException when it cannot be unpacked; what was unpacked is deleted again
     */
    public Path unpack(Path directory) throws InterruptedException {
        Path target = directory.toAbsolutePath().normalize().resolve("supabase");
        try {
            Files.createDirectories(target.getParent());
            Files.createDirectory(target);
        } catch (IOException e) {
            throw notUnpacked(target, e instanceof FileAlreadyExistsException ? "it is there already" : e.getMessage(), e);
        }
        boolean whole = false;
        try (BundleReader reader = new BundleReader(file)) {
            for (ReleaseFile entry : manifest.files()) {
                Path to = target.getParent().resolve(entry.path()).normalize();
                if (!to.startsWith(target)) {
                    throw new IOException(entry.path() + " would leave the folder");
                }
                Files.createDirectories(to.getParent());
                reader.copy(entry, to);
            }
            whole = true;
            return target;
        } catch (InvalidPathException e) {
            throw notUnpacked(target, "this machine cannot write a name in it: " + e.getMessage(), e);
        } catch (FileAlreadyExistsException e) {
            throw notUnpacked(target, "two names in it are one on this file system: " + e.getMessage(), e);
        } catch (IOException e) {
            throw notUnpacked(target, e.getMessage(), e);
        } finally {
            if (!whole) {
                delete(target);
            }
        }
    }

    private DeliveryException notUnpacked(Path target, String why, Exception cause) {
        return new DeliveryException(
                ("The release %s was not unpacked to %s: %s. Nothing of it was left there. Give it an empty folder on a disk "
                                + "with room, where any UTF-8 name can be written.")
                        .formatted(manifest.version(), target, why),
                cause);
    }

    private static DeliveryException unsound(Path file, IOException cause) {
        return new DeliveryException(
                ("%s is no sound release bundle: %s. Nothing was changed. Fetch it again from another destination, or build "
                                + "the release again from its commit.")
                        .formatted(file, cause.getMessage() == null ? cause.toString() : cause.getMessage()),
                cause);
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // The failure that led here is the one to tell of.
        }
    }
}
