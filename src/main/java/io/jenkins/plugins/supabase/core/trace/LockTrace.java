package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.migration.MigrationScript;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Cancellable;
import io.jenkins.plugins.supabase.core.postgres.Database;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.scratch.NoScratchServer;
import io.jenkins.plugins.supabase.core.scratch.SchemaCopy;
import io.jenkins.plugins.supabase.core.scratch.ScratchServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs pending migrations on a scratch copy of an environment's schema and reports what they do to the tables that are
 * there. In the environment itself only catalogs are read, and pg_dump takes ACCESS SHARE on tables.
 */
public final class LockTrace {
    /** How long an interrupted trace may take to end its server and to delete its files. */
    private static final long CLEAN_UP_SECONDS = 20;

    private final TraceRequest request;
    private final Progress progress;
    private final TraceResult result;

    private LockTrace(TraceRequest request, Progress progress) {
        this.request = request;
        this.progress = progress;
        this.result = new TraceResult(request.pending());
    }

    /**
     * @return what could be traced; why something could not is part of it, a missing scratch server or pg_dump included
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException when the environment cannot be reached
     * @throws InterruptedException once the server that was started for the trace, and its files, are gone
     */
    public static TraceReport run(TraceRequest request, Progress progress) throws InterruptedException {
        if (request.pending().isEmpty()) {
            return new TraceReport("no server, as no migration is pending", List.of(), List.of());
        }
        return new LockTrace(request, progress).withinDeadline();
    }

    private TraceReport withinDeadline() throws InterruptedException {
        ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "supabase-delivery-lock-trace");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> work = worker.submit(() -> {
            trace();
            return null;
        });
        try {
            work.get(request.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end(worker);
            result.incomplete("The lock trace was ended at its deadline of " + request.deadline().toSeconds() + " s.");
        } catch (InterruptedException e) {
            end(worker);
            throw e;
        } catch (ExecutionException e) {
            failed(e.getCause());
        } finally {
            worker.shutdownNow();
        }
        return result.report();
    }

    private static void end(ExecutorService worker) {
        worker.shutdownNow();
        boolean interrupted = false;
        try {
            worker.awaitTermination(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // A second interrupt changes nothing: the first one is being obeyed.
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void failed(Throwable failure) throws InterruptedException {
        if (failure instanceof NoScratchServer reason) {
            result.incomplete(reason.getMessage());
        } else if (failure instanceof SQLException sql) {
            result.incomplete("The lock trace stopped: " + sql.getMessage().strip().replaceAll("\\s+", " ") + ".");
        } else if (failure instanceof InterruptedException interrupted) {
            throw interrupted;
        } else if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        } else {
            throw new IllegalStateException(failure);
        }
    }

    private void trace() throws NoScratchServer, SQLException, InterruptedException {
        try (Connection target = Database.open(request.environment(), request.access())) {
            RawScript.run(target, "SET default_transaction_read_only = on; SET lock_timeout = '5s'");
            int version = target.getMetaData().getDatabaseMajorVersion();
            try (ScratchServer server = request.scratch().open(version, currentUser(target))) {
                progress.line("Lock trace: copying the schema to " + server.description());
                result.scratch(server.description());
                try (SchemaCopy copy = SchemaCopy.make(server, target, request.environment(), request.access())) {
                    copy.missing().forEach(result::incomplete);
                    traceIn(copy, target);
                }
            }
        }
    }

    private void traceIn(SchemaCopy copy, Connection target) throws SQLException, InterruptedException {
        try (Connection scratch = copy.connect();
                Connection observer = copy.connect();
                Cancellable work = new Cancellable(scratch)) {
            ExistingTables existing = ExistingTables.read(scratch);
            try {
                work.run(connection -> {
                    runAll(connection, new ScratchObserver(observer), existing, new MissingObjects(target, observer));
                    return null;
                });
            } finally {
                result.sizes(TableSizes.read(target, result.tables()));
            }
        }
    }

    private void runAll(Connection scratch, ScratchObserver observer, ExistingTables existing, MissingObjects missing)
            throws SQLException, InterruptedException {
        for (MigrationFile file : request.pending()) {
            MigrationScript script = MigrationScript.of(file);
            MigrationFile rollback = request.rollbacks().get(file.version());
            RollbackTrace back = rollback == null ? null : RollbackTrace.before(scratch, rollback);
            MigrationTrace trace = new MigrationTrace(script, existing);
            MigrationTrace.Failed failed = trace.run(scratch, observer);
            if (failed == null) {
                RollbackTrace.Verdict verdict = back == null ? RollbackTrace.NONE : back.run(scratch, observer, script);
                result.traced(file, trace.statements(), verdict);
            } else if (failed.error() != null && isExplained(failed, missing)) {
                result.skipped(file, trace.statements(), failed.failure());
            } else {
                result.failed(file, trace.statements(), failed.failure());
                return;
            }
        }
        progress.line("Lock trace: ran " + Count.of(request.pending().size(), "migration") + " on the scratch copy");
    }

    private boolean isExplained(MigrationTrace.Failed failed, MissingObjects missing) throws SQLException {
        return missing.explain(failed.error())
                || result.hasSkipped() && MissingObjects.isAboutSomethingUndefined(failed.error());
    }

    private static String currentUser(Connection target) throws SQLException {
        try (Statement statement = target.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }
}
