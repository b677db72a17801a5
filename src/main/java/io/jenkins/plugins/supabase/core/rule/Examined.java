package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.Optional;

/**
 * One statement under examination.
 *
 * @param line  in the file, from 1
 * @param trace what it did in the scratch copy; null where that is not known
 * @param alone whether it runs outside a transaction
 */
record Examined(MigrationFile file, int line, Words words, TraceReport.Statement trace, boolean alone) {
    boolean startsWith(String... expected) {
        return words.startsWith(expected);
    }

    boolean isTraced() {
        return trace != null;
    }

    boolean rewrites(String table) {
        return trace != null && trace.rewrites().contains(table);
    }

    boolean scans(String table) {
        return trace != null && trace.scans().contains(table);
    }

    Optional<TraceReport.TableLock> lock(String table) {
        return trace == null
                ? Optional.empty()
                : trace.locks().stream().filter(lock -> lock.table().equals(table)).findFirst();
    }
}
