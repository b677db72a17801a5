package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.migration.MigrationScript;
import io.jenkins.plugins.supabase.core.postgres.RawScript;
import io.jenkins.plugins.supabase.core.postgres.SchemaDifference;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Runs a rollback file right after its migration, compares the schema with that from before the migration, and takes
 * the rollback back, so that the next migration finds what it builds on. Where each rollback brings its own migration's
 * schema back, all of them do so one after the other, the newest first.
 */
final class RollbackTrace {
    static final Verdict NONE = new Verdict(null, List.of());

    private static final int TOLD = 5;

    private final MigrationScript script;
    private final SchemaState before;

    private RollbackTrace(MigrationScript script, SchemaState before) {
        this.script = script;
        this.before = before;
    }

    /** @param restored null where that could not be found out */
    record Verdict(Boolean restored, List<String> problems) {}

    static RollbackTrace before(Connection scratch, MigrationFile rollback) throws SQLException {
        return new RollbackTrace(MigrationScript.back(rollback), SchemaState.read(scratch));
    }

    Verdict run(Connection scratch, ScratchObserver observer, MigrationScript migration)
            throws SQLException, InterruptedException {
        if (script.runsOutsideTransaction()) {
            return runOutside(scratch, migration);
        }
        MigrationTrace trace = new MigrationTrace(script, ExistingTables.read(scratch));
        MigrationTrace.Failed failed =
                script.problem().isPresent() || script.unterminated().isPresent()
                        ? trace.run(scratch, observer)
                        : trace.open(scratch, observer);
        try {
            if (failed != null) {
                return failed(failed.failure());
            }
            SQLException late = RawScript.run(scratch, "SET CONSTRAINTS ALL IMMEDIATE", notice -> {}).failure();
            if (late != null) {
                return new Verdict(false, List.of(late.getMessage()));
            }
            return compared(SchemaState.readInTransaction(scratch));
        } finally {
            RawScript.run(scratch, "ROLLBACK");
        }
    }

    /** Such a statement cannot be taken back but by running the migration again. */
    private Verdict runOutside(Connection scratch, MigrationScript migration) throws SQLException {
        String sql = script.textOf(script.statements().get(0));
        RawScript.run(scratch, "RESET ALL");
        SQLException failure = RawScript.run(scratch, sql, notice -> {}).failure();
        if (failure != null) {
            return new Verdict(false, List.of(failure.getMessage()));
        }
        Verdict verdict = compared(SchemaState.read(scratch));
        String again = migration.runsOutsideTransaction()
                ? migration.textOf(migration.statements().get(0))
                : "BEGIN;\n" + migration.sql() + "\n;\nCOMMIT";
        SQLException notAgain = RawScript.run(scratch, again, notice -> {}).failure();
        if (notAgain != null) {
            RawScript.run(scratch, "ROLLBACK");
            return new Verdict(false, List.of("after it the migration does not run again: " + notAgain.getMessage()));
        }
        return verdict;
    }

    private static Verdict failed(TraceReport.Failure failure) {
        String place = failure.line() > 0 ? "line " + failure.line() + ", column " + failure.column() + ": " : "";
        return new Verdict(false, List.of(place + failure.message()));
    }

    private Verdict compared(SchemaState after) {
        List<String> differences = SchemaState.compare(before, after).stream()
                .map(SchemaDifference::inWords)
                .toList();
        List<String> told = differences.stream().limit(TOLD).toList();
        return new Verdict(differences.isEmpty(), told);
    }
}
