package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.restore.ConfigRestore;
import io.jenkins.plugins.supabase.core.backup.restore.RestoredStorage;
import io.jenkins.plugins.supabase.core.backup.restore.StorageRestore;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * What of a backup is restored beside the database, or instead of it, on the way to the agent.
 *
 * @param database whether the database is restored as well
 * @param target   whose storage gets the objects; null where none are restored
 * @param access   of the target
 * @param folder   on the agent, which gets the configuration; null where it is not wanted
 */
record ProjectRestore(
        boolean database,
        Environment target,
        Access access,
        boolean overwrite,
        String folder,
        ManagementOptions options)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** @return null where no objects are restored */
    RestoredStorage storage(BackupStore store, StoredBackup backup, AgeIdentity identity, Progress progress)
            throws InterruptedException {
        return target == null
                ? null
                : new StorageRestore(store, overwrite, options, progress).run(backup, identity, target, access);
    }

    void config(BackupStore store, StoredBackup backup, AgeIdentity identity, Progress progress)
            throws InterruptedException {
        if (folder != null) {
            int files = new ConfigRestore(store).run(backup, identity, Path.of(folder));
            progress.line("The project's configuration is in " + folder + ": " + Count.of(files, "file"));
        }
    }
}
