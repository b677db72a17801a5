package io.jenkins.plugins.supabase.core.backup.restore;

import io.jenkins.plugins.supabase.core.backup.database.Rows;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.backup.store.PartFetcher;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.AdvisoryLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Restores a backup in the place of a database: into a new one that then takes its name, or, where the server does not
 * allow that or only some tables are wanted, into the tables that are there.
 */
public final class InPlaceRestorer {
    private final BackupStore store;
    private final int parallel;
    private final Progress progress;

    /** @param parallel how many connections restore into a new database; tables that are there are loaded by one */
    public InPlaceRestorer(BackupStore store, int parallel, Progress progress) {
        this.store = store;
        this.parallel = parallel;
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param rows     that were loaded
     * @param problems copies that were damaged; their parts came from other destinations
     * @param before   where what was there before is: a database or a backup, in words
     */
    public record Result(Duration duration, long rows, List<String> problems, String before) {}

    /**
     * @param target whose database is there
     * @param safety asked only where the tables that are there are emptied
     * @throws DeliveryException when it failed; what was there is as it was then
     */
    public Result run(
            StoredBackup backup,
            AgeIdentity identity,
            RestoreChoice choice,
            Environment target,
            Access access,
            SafetyBackup safety)
            throws InterruptedException {
        ServerDatabase database = new ServerDatabase(target, access);
        String obstacle;
        String options;
        try (Connection connection = database.open()) {
            obstacle = choice.tables().isEmpty()
                    ? DatabaseSwap.obstacle(connection)
                    : "only some tables are wanted";
            options = DatabaseSwap.options(connection);
            // Nobody deploys to it at the moment; a deployment that begins later fails as a whole when it is cut off.
            AdvisoryLock.acquire(connection, Duration.ZERO, progress).close();
        } catch (SQLException e) {
            throw new DeliveryException("The database to restore into could not be asked (" + e.getMessage()
                    + "). Nothing was changed. Correct that, then restore again.", e);
        }
        if (obstacle != null) {
            progress.line("Restoring into the tables that are there, as " + obstacle);
            return load(backup, identity, choice, database, safety);
        }
        return swap(backup, identity, choice, database, access, options);
    }

    private Result swap(
            StoredBackup backup,
            AgeIdentity identity,
            RestoreChoice choice,
            ServerDatabase database,
            Access access,
            String options)
            throws InterruptedException {
        Instant begin = Instant.now();
        DatabaseSwap swap = new DatabaseSwap(database, begin, progress);
        tellOfLeftOvers(database);
        progress.line("Restoring into the database " + swap.beside() + " beside " + database.name());
        ServerDatabase beside = new ServerDatabase(database.other(swap.beside()), access);
        BackupRestorer.Result restored = new BackupRestorer(store, parallel, progress)
                .run(backup, identity, choice, () -> NewDatabase.make(beside, options));
        swap.run();
        return new Result(
                Duration.between(begin, Instant.now()),
                restored.rows(),
                restored.problems(),
                "the database " + swap.before());
    }

    private void tellOfLeftOvers(ServerDatabase database) throws InterruptedException {
        String pattern = database.name().replaceAll("([\\\\_%'])", "\\\\$1") + "\\_restoring\\_%";
        try (Connection connection = database.openMaintenance()) {
            for (String left : Rows.texts(connection, "SELECT datname FROM pg_catalog.pg_database WHERE datname LIKE E'"
                    + pattern.replace("\\", "\\\\") + "'")) {
                progress.line("WARNING: the database " + left + " is of a restore that was ended on its way: drop it");
            }
        } catch (SQLException e) {
            progress.line("WARNING: whether an earlier restore left a database could not be asked: "
                    + e.getMessage());
        }
    }

    private Result load(
            StoredBackup backup,
            AgeIdentity identity,
            RestoreChoice choice,
            ServerDatabase database,
            SafetyBackup safety)
            throws InterruptedException {
        long start = System.nanoTime();
        PartFetcher fetcher = new PartFetcher(store, backup);
        PartContent content = new PartContent(backup.manifest(), fetcher, identity);
        new BackupNames(backup.manifest(), content).check(choice.tables());
        AtomicReference<String> made = new AtomicReference<>();
        SafetyBackup noted = () -> {
            made.set(safety.make());
            return made.get();
        };
        long rows;
        try (Connection connection = database.open()) {
            TablesRestore restore = new TablesRestore(backup.manifest(), content, choice, connection, progress);
            restore.run(noted);
            rows = restore.rows();
        } catch (InterruptedException e) {
            throw e;
        } catch (DeliveryException e) {
            throw new DeliveryException(e.getMessage() + whatToName(backup, made.get()), e);
        } catch (Exception e) {
            throw new DeliveryException("The backup " + backup.manifest().id() + " could not be restored: "
                    + e.getMessage() + ". The database " + database.name() + " is as it was, as all of it was one"
                    + " transaction. Correct that, then restore again." + whatToName(backup, made.get()), e);
        }
        List<String> problems = new ArrayList<>(backup.problems());
        problems.addAll(fetcher.damages());
        return new Result(
                Duration.ofNanos(System.nanoTime() - start), rows, problems, "the backup " + made.get());
    }

    /** Whoever says nothing gets the newest backup, which is the one of what was to be replaced. */
    private static String whatToName(StoredBackup backup, String made) {
        return made == null ? "" : " The newest backup is " + made + " now, of the database as it is; say id: '"
                + backup.manifest().id() + "' for the one that was to be restored.";
    }
}
