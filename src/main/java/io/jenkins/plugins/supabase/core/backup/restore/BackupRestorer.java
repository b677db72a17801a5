package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Restores a backup into a new database. */
public final class BackupRestorer {
    private final BackupStore store;
    private final int parallel;
    private final Progress progress;

    public BackupRestorer(BackupStore store, int parallel, Progress progress) {
        this.store = store;
        this.parallel = parallel;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param rows     that were loaded
     * @param problems copies that were damaged; their parts came from other destinations
     */
    public record Result(Duration duration, long rows, List<String> problems) {}

    /**
     * @param target whose database does not exist, and is made, or is empty
     * @throws DeliveryException when it failed; a database that was made for it is gone then
     */
    public Result run(
            StoredBackup backup, AgeIdentity identity, RestoreChoice choice, Environment target, Access access)
            throws InterruptedException {
        return run(backup, identity, choice, () -> NewDatabase.prepare(target, access));
    }

    /** Makes a database ready. */
    @FunctionalInterface
    interface Making {
        NewDatabase make() throws SQLException, InterruptedException;
    }

    Result run(StoredBackup backup, AgeIdentity identity, RestoreChoice choice, Making making)
            throws InterruptedException {
        long start = System.nanoTime();
        BackupManifest manifest = backup.manifest();
        PartFetcher fetcher = new PartFetcher(store, backup);
        PartContent content = new PartContent(manifest, fetcher, identity);
        new BackupNames(manifest, content).check(choice.tables());
        NewDatabase database;
        try {
            database = making.make();
        } catch (SQLException e) {
            throw new DeliveryException("The database to restore into could not be made (" + e.getMessage() + ")."
                    + " Nothing was changed. Correct that, then restore again.", e);
        }
        DatabaseRestore restore;
        boolean done = false;
        try {
            restore = new DatabaseRestore(
                    manifest, content, choice, database.connections(), parallel, true, progress);
            restore.run();
            done = true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw new DeliveryException("The backup " + manifest.id() + " could not be restored: " + e.getMessage()
                    + " " + database.afterFailure() + " Correct that, then restore again.", e);
        } finally {
            if (!done) {
                giveUp(database);
            }
        }
        List<String> problems = new ArrayList<>(backup.problems());
        problems.addAll(fetcher.damages());
        return new Result(Duration.ofNanos(System.nanoTime() - start), restore.rows(), problems);
    }

    private void giveUp(NewDatabase database) {
        boolean interrupted = Thread.interrupted();
        try {
            database.giveUp();
        } catch (SQLException | DeliveryException e) {
            progress.line("The half-restored database could not be dropped: " + e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
