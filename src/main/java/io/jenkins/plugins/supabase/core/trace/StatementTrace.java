package io.jenkins.plugins.supabase.core.trace;

import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * What one statement did, before the target's sizes are known.
 *
 * @param line     in the file, from 1
 * @param sql      its beginning, on one line
 * @param locks   by table
 * @param readers of what it takes away
 */
record StatementTrace(
        int line,
        String sql,
        SortedMap<String, LockMode> locks,
        SortedSet<String> rewrites,
        SortedSet<String> scans,
        List<String> readers) {
    private static final int BEGINNING = 160;

    static String beginning(String sql) {
        String line = sql.strip().replaceAll("\\s+", " ");
        return line.length() <= BEGINNING ? line : line.substring(0, BEGINNING) + "…";
    }

    TraceReport.Statement sized(TableSizes sizes) {
        List<TraceReport.TableLock> sized = locks.entrySet().stream()
                .map(lock -> new TraceReport.TableLock(
                        lock.getKey(),
                        lock.getValue().catalogName(),
                        sizes.rows(lock.getKey()),
                        sizes.bytes(lock.getKey())))
                .toList();
        return new TraceReport.Statement(line, sql, sized, List.copyOf(rewrites), List.copyOf(scans), readers);
    }
}
