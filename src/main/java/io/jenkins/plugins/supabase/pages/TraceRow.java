package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one traced statement does to one table.
 *
 * @param fileName of the migration
 * @param sql      its beginning
 * @param table    empty for a statement that only takes away what somebody uses
 * @param mode     of the lock; null where an earlier statement of the file holds one as strong
 * @param waiting  who waits for that lock
 * @param tableSize such as {@code 12,000 rows, 1.4 MB}; null where nothing is known
 * @param readers  what still uses a table or column that the statement takes away or renames, in its first row alone
 */
public record TraceRow(
        String fileName,
        int line,
        String sql,
        String table,
        String mode,
        Waiting waiting,
        String tableSize,
        boolean rewrites,
        boolean scans,
        List<String> readers) {

    private static final String NO_TABLE = "";

    /** Who cannot use a table until the file has ended. */
    public enum Waiting {
        NOBODY,
        WRITERS,
        EVERYBODY;

        /** As PostgreSQL's table of conflicting locks has it: reading takes ACCESS SHARE, writing ROW EXCLUSIVE. */
        static Waiting behind(String mode) {
            return switch (mode == null ? "" : mode) {
                case "AccessExclusiveLock" -> EVERYBODY;
                case "ExclusiveLock", "ShareRowExclusiveLock", "ShareLock" -> WRITERS;
                default -> NOBODY;
            };
        }
    }

    /** @param trace null where none was made */
    static List<TraceRow> of(TraceReport trace) {
        List<TraceRow> rows = new ArrayList<>();
        if (trace != null) {
            trace.migrations().forEach(migration -> add(rows, migration));
        }
        return rows;
    }

    private static void add(List<TraceRow> rows, TraceReport.Migration migration) {
        Map<String, TraceReport.TableLock> known = new HashMap<>();
        for (TraceReport.Statement statement : migration.statements()) {
            Map<String, TraceReport.TableLock> taken = new HashMap<>();
            Set<String> tables = new LinkedHashSet<>();
            statement.locks().forEach(lock -> {
                tables.add(lock.table());
                taken.put(lock.table(), lock);
            });
            known.putAll(taken);
            tables.addAll(statement.rewrites());
            tables.addAll(statement.scans());
            if (tables.isEmpty() && !statement.readers().isEmpty()) {
                tables.add(NO_TABLE);
            }
            List<String> readers = statement.readers();
            for (String table : tables) {
                rows.add(row(migration, statement, table, taken.get(table), known.get(table), readers));
                readers = List.of();
            }
        }
    }

    private static TraceRow row(
            TraceReport.Migration migration,
            TraceReport.Statement statement,
            String table,
            TraceReport.TableLock lock,
            TraceReport.TableLock size,
            List<String> readers) {
        String mode = lock == null ? null : lock.mode();
        return new TraceRow(
                migration.fileName(),
                statement.line(),
                statement.sql(),
                table,
                mode,
                Waiting.behind(mode),
                size == null ? null : size(size),
                statement.rewrites().contains(table),
                statement.scans().contains(table),
                readers);
    }

    private static String size(TraceReport.TableLock lock) {
        return Words.number(lock.rows()) + (lock.rows() == 1 ? " row, " : " rows, ") + Words.size(lock.bytes());
    }
}
