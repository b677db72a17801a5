package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.format.BackupPart;
import io.jenkins.plugins.supabase.core.backup.format.PartKind;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Writes the configuration that a backup holds into a folder, to be read, compared and deployed from. */
public final class ConfigRestore {
    private final BackupStore store;

    public ConfigRestore(BackupStore store) {
        this.store = store;
    }

    /**
     * @param folder made when it is missing; must be empty
     * @return how many files were written
     * @throws DeliveryException when the backup has no configuration, or writing failed
     */
    public int run(StoredBackup backup, AgeIdentity identity, Path folder) throws InterruptedException {
        BackupManifest manifest = backup.manifest();
        PartContent content = new PartContent(manifest, new PartFetcher(store, backup), identity);
        List<BackupPart> parts = manifest.parts(PartKind.CONFIG);
        if (parts.isEmpty()) {
            throw new DeliveryException("The backup " + manifest.id() + " holds no configuration of the project, so"
                    + " that nothing was written. Choose one that does.");
        }
        try {
            requireEmpty(folder);
            int files = 0;
            for (BackupPart part : parts) {
                try (InputStream stream = content.open(part)) {
                    files += unpack(stream, folder);
                }
            }
            return files;
        } catch (IOException e) {
            throw new DeliveryException("The configuration of backup " + manifest.id() + " could not be written to "
                    + folder + ": " + e.getMessage() + ". Give another folder, or correct that.", e);
        }
    }

    private static void requireEmpty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new IOException("it is not empty");
            }
        }
    }

    private static int unpack(InputStream stream, Path folder) throws IOException {
        int files = 0;
        Path root = folder.toAbsolutePath().normalize();
        try (ZipInputStream zip = new ZipInputStream(stream)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = root.resolve(entry.getName()).normalize();
                if (!file.startsWith(root) || file.equals(root)) {
                    throw new IOException("a file in it would be written outside of the folder");
                }
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
                files++;
            }
        }
        return files;
    }
}
