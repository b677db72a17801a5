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

    /** @param rollback whether its rollback file was run after it and left the schema as before; null where none is */
    public record Migration(String version, String fileName, List<Statement> statements, Boolean rollback) {
        public Migration {
            statements = List.copyOf(statements);
        }
    }

    /**
     * @param line     in the file, from 1
     * @param sql      its beginning, on one line
     * @param locks    on tables that existed before the migration
     * @param rewrites existing tables that got a new relfilenode with rows in them
     */
    public record Statement(int line, String sql, List<TableLock> locks, List<String> rewrites) {
        public Statement {
            locks = List.copyOf(locks);
            rewrites = List.copyOf(rewrites);
        }
    }

    /**
     * @param mode  of {@code pg_locks}, such as {@code AccessExclusiveLock}
     * @param rows  the target's live rows, as its statistics estimate them
     * @param bytes of the table with its indexes and TOAST in the target
     */
    public record TableLock(String table, String mode, long rows, long bytes) {}
}
