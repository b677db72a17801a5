package io.jenkins.plugins.supabase.core.deploy;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.LockHolders;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies migrations, each file in one transaction with its history row. Whoever applies holds the
 * {@link io.jenkins.plugins.supabase.core.postgres.AdvisoryLock} on the same connection.
 *
 * <p>A file is the unit: it is committed with its row or leaves nothing, and a run after any interruption goes on where
 * the history ends. Where a statement cannot run inside a transaction, it has a file for itself (see
 * {@link SingleStatementRun}).
 */
public final class MigrationDeployer {
    private static final int NOTICES_SHOWN = 20;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;

    private final Connection connection;
    private final MigrationOptions options;
    private final Progress progress;

    /** @param connection of pgjdbc, in auto-commit mode; not closed here */
    public MigrationDeployer(Connection connection, MigrationOptions options, Progress progress) {
        this.connection = connection;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Compares the files with the database's history, and refuses what could not be applied as a whole. Changes nothing.
     *
     * @return those that {@link #apply} would run, in the order of their versions
     * @throws DeliveryException listing what is missing, out of order, twice there, or cannot run in one transaction
     */
    public List<MigrationFile> pending(List<MigrationFile> files) throws InterruptedException {
        try (Cancellable work = new Cancellable(connection)) {
            return MigrationPlan.of(files, work.run(MigrationHistory::versions)).stream()
                    .map(MigrationScript::file)
                    .toList();
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
        if (pending.isEmpty()) {
            return List.of();
        }
        List<MigrationScript> scripts = pending.stream().map(MigrationScript::of).toList();
        try (Cancellable work = new Cancellable(connection)) {
            SessionSettings settings = prepare(work);
            List<MigrationOutcome> applied = new ArrayList<>();
            for (MigrationScript script : scripts) {
                String count = "[" + (applied.size() + 1) + "/" + scripts.size() + "] ";
                applied.add(apply(work, script, settings, count, applied, scripts));
            }
            return List.copyOf(applied);
        } catch (InterruptedException e) {
            rollBackAfterInterrupt();
            throw e;
        }
    }

    private SessionSettings prepare(Cancellable work) throws InterruptedException {
        try {
            work.run(connected -> {
                MigrationHistory.create(connected);
                return null;
            });
            return work.run(connected -> SessionSettings.of(connected, options));
        } catch (SQLException e) {
            throw new DeliveryException("The history of migrations (" + MigrationHistory.TABLE + ") could not be created: "
                    + ServerError.of(e).describe() + ". No migration was applied. Give the database user the right to create"
                    + " schemas, then run the build again.", e);
        }
    }

    private MigrationOutcome apply(
            Cancellable work,
            MigrationScript script,
            SessionSettings settings,
            String count,
            List<MigrationOutcome> applied,
            List<MigrationScript> all)
            throws InterruptedException {
        String name = script.file().fileName();
        long start = System.nanoTime();
        String holders = "";
        MigrationRun.Failure failure = null;
        int attempt = 0;
        try {
            while (attempt < options.lockAttempts()) {
                attempt++;
                failure = attempt(work, script, settings, count);
                if (failure == null) {
                    long millis = (System.nanoTime() - start) / 1_000_000;
                    progress.line(count + name + " … " + millis + " ms");
                    return new MigrationOutcome(
                            script.file().version(), script.file().name(), name, script.recorded().size(), millis);
                }
                if (!isWorthAnotherAttempt(failure)) {
                    break;
                }
                holders = holders(work, script, failure);
                long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(attempt, 10), LONGEST_PAUSE_MILLIS);
                if (attempt < options.lockAttempts()) {
                    progress.line(count + name + " met a lock (" + holders + ") and was rolled back; attempt "
                            + (attempt + 1) + " of " + options.lockAttempts() + " in " + pause + " ms");
                    Thread.sleep(pause);
                }
            }
        } catch (SQLException e) {
            failure = new MigrationRun.Failure(e, 0, 0);
        }
        MigrationFailure report = new MigrationFailure(script, failure, attempt, holders);
        progress.line(count + name + " … failed");
        if (report.isInStatement()) {
            progress.line(report.excerpt());
        }
        throw report.toException(List.copyOf(applied), all.subList(applied.size() + 1, all.size()));
    }

    private MigrationRun.Failure attempt(
            Cancellable work, MigrationScript script, SessionSettings settings, String count)
            throws SQLException, InterruptedException {
        String name = script.file().fileName();
        NoticeLines notices = new NoticeLines(count, progress, NOTICES_SHOWN);
        MigrationRun.Failure failure = work.run(
                connected -> {
                    if (script.runsOutsideTransaction()) {
                        return new SingleStatementRun(connected, script, settings, progress).run(notices);
                    }
                    MigrationRun.Failure result = new MigrationRun(connected, script, settings).run(notices);
                    // The server knows more commands than this plugin that want no transaction around them.
                    boolean alone = script.statements().size() == 1;
                    return result != null && alone && ServerError.of(result.cause()).isOnlyOutsideTransaction()
                            ? new SingleStatementRun(connected, script, settings, progress).run(notices)
                            : result;
                },
                elapsed -> progress.line(count + name + " still running after " + elapsed.toSeconds() + " s"));
        notices.end();
        return failure;
    }

    private static boolean isWorthAnotherAttempt(MigrationRun.Failure failure) {
        ServerError error = ServerError.of(failure.cause());
        return error.isLockNotAvailable() || error.isDeadlock();
    }

    private String holders(Cancellable work, MigrationScript script, MigrationRun.Failure failure)
            throws SQLException, InterruptedException {
        String statement = failure.statement() < script.statements().size()
                ? script.textOf(script.statements().get(failure.statement()))
                : "";
        return work.run(connected -> LockHolders.describe(connected, options.lockTimeout(), statement));
    }

    private void rollBackAfterInterrupt() {
        try {
            if (!connection.isClosed()) {
                RawScript.run(connection, "ROLLBACK");
                progress.line("Interrupted: the running statement was cancelled and its transaction rolled back");
            }
        } catch (SQLException e) {
            progress.line("Interrupted: the connection is gone, and the server rolls the running file back");
        }
    }
}
