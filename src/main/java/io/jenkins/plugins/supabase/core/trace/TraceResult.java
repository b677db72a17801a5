package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/** What is known so far; a trace that is ended at its deadline keeps it. */
final class TraceResult {
    private final List<MigrationFile> pending;
    private final List<Traced> traced = new ArrayList<>();
    private final List<String> incomplete = new ArrayList<>();
    private TableSizes sizes = TableSizes.UNKNOWN;
    private String scratch = "no server";
    private boolean skipped;

    private record Traced(
            MigrationFile file, List<StatementTrace> statements, TraceReport.Failure failure,
            RollbackTrace.Verdict back) {}

    TraceResult(List<MigrationFile> pending) {
        this.pending = pending;
    }

    synchronized void scratch(String description) {
        scratch = description;
    }

    synchronized void incomplete(String reason) {
        incomplete.add(reason);
    }

    synchronized void sizes(TableSizes read) {
        sizes = read;
    }

    synchronized void traced(MigrationFile file, List<StatementTrace> statements, RollbackTrace.Verdict back) {
        traced.add(new Traced(file, statements, null, back));
    }

    /** Nothing can be said of files behind it: a deployment would not reach them. */
    synchronized void failed(MigrationFile file, List<StatementTrace> statements, TraceReport.Failure failure) {
        traced.add(new Traced(file, statements, failure, RollbackTrace.NONE));
    }

    synchronized void skipped(MigrationFile file, List<StatementTrace> statements, TraceReport.Failure failure) {
        traced.add(new Traced(file, statements, null, RollbackTrace.NONE));
        incomplete.add(file.fileName() + " was traced up to line " + failure.line()
                + " only, where it uses what the scratch"
                + " copy lacks: " + failure.message() + ".");
        skipped = true;
    }

    synchronized boolean hasSkipped() {
        return skipped;
    }

    /** @return the names of all that was locked */
    synchronized TreeSet<String> tables() {
        TreeSet<String> tables = new TreeSet<>();
        traced.forEach(migration -> migration.statements()
                .forEach(statement -> tables.addAll(statement.locks().keySet())));
        return tables;
    }

    synchronized TraceReport report() {
        List<String> reasons = new ArrayList<>(incomplete);
        if (traced.size() < pending.size()) {
            reasons.add("Not traced: "
                    + String.join(", ", pending.subList(traced.size(), pending.size()).stream()
                            .map(MigrationFile::fileName)
                            .toList())
                    + ".");
        }
        Function<StatementTrace, TraceReport.Statement> sized = statement -> statement.sized(sizes);
        return new TraceReport(
                scratch,
                traced.stream()
                        .map(migration -> new TraceReport.Migration(
                                migration.file().version(),
                                migration.file().fileName(),
                                migration.statements().stream().map(sized).toList(),
                                migration.failure(),
                                migration.back().restored(),
                                migration.back().problems()))
                        .toList(),
                reasons);
    }
}
