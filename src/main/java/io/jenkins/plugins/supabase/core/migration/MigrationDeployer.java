package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Applies migrations, each file in one transaction with its history row. Whoever applies holds the
 * {@link io.jenkins.plugins.supabase.core.postgres.AdvisoryLock} on the same connection.
 *
 * <p>A file is the unit: it is committed with its row or leaves nothing, and a run after any interruption goes on where
 * the history ends. Where a statement cannot run inside a transaction, it has a file for itself (see
 * {@link SingleStatementRun}).
 */
public final class MigrationDeployer {
    private final Connection connection;
    private final MigrationOptions options;
    private final Progress progress;
    /** What {@link #pending} read closely is not read again. */
    private final Map<MigrationFile, MigrationScript> scripts = new IdentityHashMap<>();

    /**
     * @param connection of pgjdbc, in auto-commit mode; not closed here
     * @param progress   gets lines from a thread of this class's own, too
     */
    public MigrationDeployer(Connection connection, MigrationOptions options, Progress progress) {
        this.connection = connection;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Compares the files with the database's history, and refuses what could not be applied as a whole. Changes nothing.
     *
     * @return those that {@link #apply} would run, in the order of their versions
     * @throws DeliveryException listing what is missing, out of order, edited, twice there, or cannot run in one transaction
     */
    public List<MigrationFile> pending(List<MigrationFile> files) throws InterruptedException {
        return pending(compare(files));
    }

    /** As {@link #pending(List)}, for a comparison that {@link #compare} made. */
    public List<MigrationFile> pending(MigrationComparison comparison) {
        List<MigrationScript> pending = MigrationPlan.of(comparison);
        pending.forEach(script -> scripts.put(script.file(), script));
        return pending.stream().map(MigrationScript::file).toList();
    }

    /** Compares the files with the database's history; changes nothing and refuses nothing but files of one version. */
    public MigrationComparison compare(List<MigrationFile> files) throws InterruptedException {
        try (Cancellable work = new Cancellable(connection)) {
            return MigrationComparison.of(files, work.run(MigrationHistory::applied));
        } catch (SQLException e) {
            throw new DeliveryException("The history of migrations (" + MigrationHistory.TABLE + ") could not be read: "
                    + ServerError.of(e).describe() + ". Nothing was changed. Check the rights of the database user, then run"
                    + " the build again.", e);
        }
    }

    /**
     * Applies files that {@link #pending} returned.
     *
     * @return one outcome a file
     * @throws DeliveryException when a file failed: it was rolled back, those before it stay
     * @throws InterruptedException after the running statement was cancelled and its file rolled back
     */
    public List<MigrationOutcome> apply(List<MigrationFile> pending) throws InterruptedException {
        return apply(pending, outcome -> {});
    }

    /**
     * As {@link #apply(List)}.
     *
     * @param each gets every file's outcome once it is committed, on a thread of this class's own
     */
    public List<MigrationOutcome> apply(List<MigrationFile> pending, Consumer<MigrationOutcome> each)
            throws InterruptedException {
        return run(
                pending.stream()
                        .map(file -> scripts.computeIfAbsent(file, MigrationScript::of))
                        .toList(),
                each);
    }

    /**
     * Takes migrations back, each in one transaction with the removal of its history row.
     *
     * @param rollbacks of {@code supabase/rollbacks}, in the order in which they shall run: the newest migration first
     * @param each      gets every file's outcome once it is committed, on a thread of this class's own
     * @throws DeliveryException when a file failed or cannot run in one transaction: it was rolled back, those before it
     *     stay taken back
     */
    public List<MigrationOutcome> revert(List<MigrationFile> rollbacks, Consumer<MigrationOutcome> each)
            throws InterruptedException {
        List<MigrationScript> ready = rollbacks.stream().map(MigrationScript::back).toList();
        MigrationPlan.refuseProblems(ready);
        return run(ready, each);
    }

    private List<MigrationOutcome> run(List<MigrationScript> ready, Consumer<MigrationOutcome> each)
            throws InterruptedException {
        if (ready.isEmpty()) {
            return List.of();
        }
        MigrationLoop loop = new MigrationLoop(ready, options, progress, each);
        try (Cancellable work = new Cancellable(connection)) {
            return work.run(loop::run, loop::heartbeat);
        } catch (SQLException e) {
            throw new DeliveryException("The history of migrations (" + MigrationHistory.TABLE + ") could not be created: "
                    + ServerError.of(e).describe() + ". No migration was applied. Give the database user the right to create"
                    + " schemas, then run the build again.", e);
        } catch (InterruptedException e) {
            rollBackAfterInterrupt();
            throw e;
        }
    }

    private void rollBackAfterInterrupt() {
        try {
            if (!connection.isClosed()) {
                RawScript.run(connection, "ROLLBACK");
                progress.line("Interrupted: the running statement was cancelled and its transaction rolled back");
                return;
            }
        } catch (SQLException e) {
            // As if it had been closed.
        }
        progress.line("Interrupted: the connection is gone, and the server rolls the running file back");
    }
}
