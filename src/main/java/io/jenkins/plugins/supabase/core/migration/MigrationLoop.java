package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.LockHolders;
import io.jenkins.plugins.supabase.core.postgres.MigrationHistory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** File after file, each tried again as long as it meets locks. */
final class MigrationLoop {
    private static final int NOTICES_SHOWN = 20;
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final List<MigrationScript> scripts;
    private final MigrationOptions options;
    private final Progress progress;
    private final Consumer<MigrationOutcome> each;
    private final List<MigrationOutcome> applied = new ArrayList<>();
    private volatile Current current;

    /** @param each gets every file's outcome once it is committed */
    MigrationLoop(
            List<MigrationScript> scripts,
            MigrationOptions options,
            Progress progress,
            Consumer<MigrationOutcome> each) {
        this.scripts = scripts;
        this.options = options;
        this.progress = progress;
        this.each = each;
    }

    private record Current(String label, long start) {
        long millis() {
            return (System.nanoTime() - start) / 1_000_000;
        }
    }

    /** @throws SQLException if the history could not be made ready; a file's failure is a DeliveryException */
    List<MigrationOutcome> run(Connection connection) throws SQLException, InterruptedException {
        MigrationHistory.create(connection);
        SessionSettings settings = SessionSettings.of(connection, options);
        for (MigrationScript script : scripts) {
            String label = "[" + (applied.size() + 1) + "/" + scripts.size() + "] " + script.label();
            current = new Current(label, System.nanoTime());
            apply(connection, script, settings);
            long millis = current.millis();
            progress.line(label + " … " + millis + " ms");
            MigrationOutcome outcome = new MigrationOutcome(
                    script.file().version(),
                    script.file().name(),
                    script.file().fileName(),
                    script.recorded().size(),
                    millis);
            applied.add(outcome);
            each.accept(outcome);
        }
        return List.copyOf(applied);
    }

    /** Called from another thread now and then. */
    void heartbeat() {
        Current running = current;
        if (running != null && running.millis() >= SLOW.toMillis()) {
            progress.line(running.label() + " still running after " + running.millis() / 1_000 + " s");
        }
    }

    private void apply(Connection connection, MigrationScript script, SessionSettings settings)
            throws InterruptedException {
        String label = current.label();
        MigrationRun.Failure failure;
        String holders = "";
        int attempt = 0;
        while (true) {
            attempt++;
            failure = attempt(connection, script, settings, label);
            stopIfInterrupted();
            if (failure == null) {
                return;
            }
            ServerError error = ServerError.of(failure.cause());
            if (!error.isLockNotAvailable() && !error.isDeadlock()) {
                break;
            }
            holders = holders(connection, script, failure);
            if (attempt == options.lockAttempts()) {
                break;
            }
            long pause = Math.min(FIRST_PAUSE_MILLIS << Math.min(attempt, 10), LONGEST_PAUSE_MILLIS);
            progress.line(label + " met a lock (" + holders + ") and was rolled back; attempt " + (attempt + 1) + " of "
                    + options.lockAttempts() + " in " + pause + " ms");
            Thread.sleep(pause);
        }
        MigrationFailure report = new MigrationFailure(script, failure, attempt, holders);
        progress.line(label + " … failed");
        if (report.isInStatement()) {
            progress.line(report.excerpt());
        }
        throw report.toException(List.copyOf(applied), scripts.subList(applied.size() + 1, scripts.size()));
    }

    private MigrationRun.Failure attempt(
            Connection connection, MigrationScript script, SessionSettings settings, String label)
            throws InterruptedException {
        stopIfInterrupted();
        NoticeLines notices = new NoticeLines(label + " ", progress, NOTICES_SHOWN);
        SingleStatementRun alone = new SingleStatementRun(connection, script, settings, progress);
        try {
            if (script.runsOutsideTransaction()) {
                return alone.run(notices);
            }
            MigrationRun.Failure failure = new MigrationRun(connection, script, settings).run(notices);
            // The server knows more commands than this plugin that want no transaction around them.
            boolean tryAlone = failure != null
                    && script.statements().size() == 1
                    && ServerError.of(failure.cause()).isOnlyOutsideTransaction();
            return tryAlone ? alone.run(notices) : failure;
        } catch (SQLException e) {
            return new MigrationRun.Failure(e, 0, 0);
        } finally {
            notices.end();
        }
    }

    /** A cancelled statement is no failure of the file. */
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private String holders(Connection connection, MigrationScript script, MigrationRun.Failure failure) {
        String statement = failure.statement() < script.statements().size()
                ? script.textOf(script.statements().get(failure.statement()))
                : "";
        try {
            return LockHolders.describe(connection, options.lockTimeout(), statement);
        } catch (SQLException e) {
            return "this database user may not see who";
        }
    }
}
