package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.migration.FilePosition;
import io.jenkins.plugins.supabase.core.migration.MigrationScript;
import io.jenkins.plugins.supabase.core.migration.ServerError;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SqlText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Runs one migration in the scratch copy, statement by statement, in one transaction, as a deployment would. */
final class MigrationTrace {
    /** Seeds have thousands of these; they lock as the first one does. */
    private static final int INSERTS_TOGETHER = 200;

    private static final String OPENING = "RESET ALL;\nBEGIN";

    private final MigrationScript script;
    private final ExistingTables existing;
    private final List<StatementTrace> statements = new ArrayList<>();
    private final Readers readers = new Readers();

    MigrationTrace(MigrationScript script, ExistingTables existing) {
        this.script = script;
        this.existing = existing;
    }

    /** Why the file did not run to its end; {@code error} is null where it was not even tried. */
    record Failed(TraceReport.Failure failure, ServerError error) {}

    List<StatementTrace> statements() {
        return statements;
    }

    /** @return null when the file ran and is committed, so that the next one finds what it made */
    Failed run(Connection scratch, ScratchObserver observer) throws SQLException, InterruptedException {
        if (script.problem().isPresent()) {
            return new Failed(new TraceReport.Failure(0, 0, script.problem().get()), null);
        }
        if (script.unterminated().isPresent()) {
            SqlText.Unterminated open = script.unterminated().get();
            return new Failed(failure(open.start(), "this " + open.what() + " is never closed"), null);
        }
        if (script.runsOutsideTransaction()) {
            return runAlone(scratch, observer);
        }
        Failed failed = runInTransaction(scratch, observer);
        boolean wantsNone = failed != null
                && script.statements().size() == 1
                && failed.error() != null
                && failed.error().isOnlyOutsideTransaction();
        if (!wantsNone) {
            return failed;
        }
        statements.clear();
        return runAlone(scratch, observer);
    }

    /** Runs the file and leaves its transaction open. */
    Failed open(Connection scratch, ScratchObserver observer) throws SQLException, InterruptedException {
        RawScript.run(scratch, OPENING);
        Observation before = Observation.atStart(scratch, existing);
        List<SqlText.Piece> pieces = script.statements();
        for (int from = 0; from < pieces.size(); ) {
            stopIfInterrupted();
            int to = from + 1;
            while (to < pieces.size() && to - from < INSERTS_TOGETHER && isInsert(pieces.get(from), pieces.get(to))) {
                to++;
            }
            int start = pieces.get(from).start();
            String sql = script.sql().substring(start, pieces.get(to - 1).end());
            RawScript.Result result = RawScript.run(scratch, sql, readers);
            if (result.failure() != null) {
                stopIfInterrupted();
                return failed(result.failure(), start, pieces.get(Math.min(from + result.completed(), to - 1)).start(),
                        sql);
            }
            Observation now = Observation.after(before, scratch, existing);
            List<String> users = takesAway(pieces.get(from))
                    ? readers.of(observer.connection(), scratch, now.exclusive())
                    : List.of();
            statements.add(trace(pieces.get(from), before, now, users));
            before = now;
            from = to;
        }
        return null;
    }

    /** A statement that was cancelled for that did not fail. */
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while a migration was traced");
        }
    }

    private static boolean takesAway(SqlText.Piece piece) {
        return piece.startsWith("DROP")
                || piece.startsWith("ALTER") && (piece.words().contains("DROP") || piece.words().contains("RENAME"));
    }

    private Failed runInTransaction(Connection scratch, ScratchObserver observer)
            throws SQLException, InterruptedException {
        Failed failed = open(scratch, observer);
        if (failed == null) {
            SQLException failure = RawScript.run(scratch, "COMMIT", notice -> {}).failure();
            if (failure == null) {
                return null;
            }
            failed = failed(failure, 0, script.statements().get(script.statements().size() - 1).start(), "");
        }
        RawScript.run(scratch, "ROLLBACK");
        return failed;
    }

    private Failed runAlone(Connection scratch, ScratchObserver observer) throws SQLException, InterruptedException {
        SqlText.Piece piece = script.statements().get(0);
        RawScript.run(scratch, "RESET ALL");
        Observation before = Observation.atStart(scratch, existing);
        // Alone in its message: more than one statement in a message is a transaction.
        String sql = script.sql().substring(piece.start(), piece.end());
        SortedMap<String, LockMode> locks = new TreeMap<>();
        SQLException failure = observer.watch(scratch, sql, existing, locks);
        if (failure != null) {
            return failed(failure, piece.start(), piece.start(), sql);
        }
        Observation after = Observation.atStart(scratch, existing);
        statements.add(new StatementTrace(
                line(piece.start()),
                StatementTrace.beginning(sql),
                locks,
                names(after.rewrittenSince(before)),
                new TreeSet<>(),
                List.of()));
        return null;
    }

    private static boolean isInsert(SqlText.Piece first, SqlText.Piece next) {
        return first.startsWith("INSERT") && next.startsWith("INSERT");
    }

    private StatementTrace trace(SqlText.Piece piece, Observation before, Observation now, List<String> users) {
        SortedMap<String, LockMode> locks = new TreeMap<>();
        now.locksSince(before).forEach((oid, mode) -> locks.put(existing.name(oid), mode));
        Set<Long> rewritten = now.rewrittenSince(before);
        Set<Long> scanned = now.scannedSince(before);
        // Who writes all rows anew reads them, too.
        scanned.removeAll(rewritten);
        // It gives the rows up instead of writing them anew.
        boolean truncates = piece.startsWith("TRUNCATE");
        return new StatementTrace(
                line(piece.start()),
                StatementTrace.beginning(script.textOf(piece)),
                locks,
                truncates ? new TreeSet<>() : names(rewritten),
                names(scanned),
                users);
    }

    private SortedSet<String> names(Set<Long> tables) {
        return tables.stream().map(existing::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param start of what was sent; {@code fallback} is told where the server gives no position in it */
    private Failed failed(SQLException failure, int start, int fallback, String sent) {
        ServerError error = ServerError.of(failure);
        int offset = fallback;
        if (error.position() > 0) {
            int characters = Math.min(error.position() - 1, sent.codePointCount(0, sent.length()));
            offset = start + sent.offsetByCodePoints(0, characters);
        }
        return new Failed(failure(offset, error.describe()), error);
    }

    private TraceReport.Failure failure(int offset, String message) {
        FilePosition position = FilePosition.of(script.file().sql(), offset);
        return new TraceReport.Failure(position.line(), position.column(), message);
    }

    private int line(int offset) {
        return FilePosition.of(script.file().sql(), offset).line();
    }
}
