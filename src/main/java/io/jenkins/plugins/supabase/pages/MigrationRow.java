package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A migration that is to be applied.
 *
 * @param failure    where and why it will fail, as the lock trace saw it; null where it ran, or was not traced
 * @param wayBack    what is known of its rollback file
 * @param unrestored what is wrong with that file, one sentence each
 */
public record MigrationRow(
        String fileName, int statements, TraceReport.Failure failure, WayBack wayBack, List<String> unrestored) {

    /** What is known of a rollback file. */
    public enum WayBack {
        /** There is no file. */
        NONE,
        UNTRIED,
        RESTORES,
        FAILS
    }

    static List<MigrationRow> of(Plan plan) {
        Map<String, TraceReport.Migration> traced = new HashMap<>();
        if (plan.trace() != null) {
            plan.trace().migrations().forEach(migration -> traced.put(migration.fileName(), migration));
        }
        return plan.migrations().stream()
                .map(migration -> of(migration, traced.get(migration.fileName())))
                .toList();
    }

    private static MigrationRow of(PendingMigration migration, TraceReport.Migration traced) {
        return new MigrationRow(
                migration.fileName(),
                migration.statements(),
                traced == null ? null : traced.failure(),
                wayBack(migration, traced),
                traced == null ? List.of() : traced.unrestored());
    }

    private static WayBack wayBack(PendingMigration migration, TraceReport.Migration traced) {
        if (!migration.hasRollback()) {
            return WayBack.NONE;
        }
        if (traced == null || traced.rollback() == null) {
            return WayBack.UNTRIED;
        }
        return traced.rollback() ? WayBack.RESTORES : WayBack.FAILS;
    }
}
