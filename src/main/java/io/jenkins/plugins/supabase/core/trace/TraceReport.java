package io.jenkins.plugins.supabase.core.trace;

import java.util.List;

/**
 * What each pending migration does to existing tables, seen on a scratch copy of the environment's schema.
 *
 * @param scratch    where it was run, such as "PostgreSQL 15.14 on this agent"
 * @param incomplete why some of it could not be traced, one sentence each; empty where all was
 */
public record TraceReport(String scratch, List<Migration> migrations, List<String> incomplete) {
    public TraceReport {
        migrations = List.copyOf(migrations);
        incomplete = List.copyOf(incomplete);
    }

    /**
     * @param failure  why it will fail in the environment, too; null where it ran, or where the copy's gaps explain it
     * @param rollback whether its rollback file was run after it and left the schema as before; null where none is, or
     *                 where that could not be found out
     * @param unrestored what is wrong with the rollback file, one sentence each
     */
    public record Migration(
            String version,
            String fileName,
            List<Statement> statements,
            Failure failure,
            Boolean rollback,
            List<String> unrestored) {
        public Migration {
            statements = List.copyOf(statements);
            unrestored = List.copyOf(unrestored);
        }
    }

    /**
     * Lines and columns are those of editors, from 1.
     *
     * @param message what the server said, one phrase
     */
    public record Failure(int line, int column, String message) {}

    /**
     * @param line     in the file, from 1
     * @param sql      its beginning, on one line
     * @param locks    on tables of the environment, as far as no earlier statement of the file took one as strong; they
     *                 are held until the file's end
     * @param rewrites tables of the environment whose rows it writes anew, all of them; their indexes are built anew,
     *                 too
     * @param scans    other tables of the environment that it reads from beginning to end
     * @param readers  what uses a table or column that it takes away or renames, such as {@code function
     *                 public.count()}
     */
    public record Statement(
            int line,
            String sql,
            List<TableLock> locks,
            List<String> rewrites,
            List<String> scans,
            List<String> readers) {
        public Statement {
            locks = List.copyOf(locks);
            rewrites = List.copyOf(rewrites);
            scans = List.copyOf(scans);
            readers = List.copyOf(readers);
        }
    }

    /**
     * @param table schema and name, quoted where that is needed
     * @param mode  of {@code pg_locks}, such as {@code AccessExclusiveLock}
     * @param rows  the target's live rows, as its statistics estimate them
     * @param bytes of the table with its indexes and TOAST in the target
     */
    public record TableLock(String table, String mode, long rows, long bytes) {}
}
