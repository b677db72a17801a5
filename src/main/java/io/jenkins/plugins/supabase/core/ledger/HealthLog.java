package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;

/** Keeps what health checks found beside deployments, as evidence for promotions. */
public final class HealthLog {
    private HealthLog() {}

    /**
     * Records a check that no deployment made. Where the environment has no ledger yet, or none that can be reached,
     * there is nothing to record it in; a line says so where that is a surprise.
     */
    public static void record(
            Environment environment,
            Access access,
            HealthReport report,
            String actor,
            String buildUrl,
            Progress progress)
            throws InterruptedException {
        if (access.databasePassword() == null) {
            return;
        }
        try {
            if (hasLedger(environment, access)) {
                try (Ledger ledger = Ledger.open(() -> Database.open(environment, access))) {
                    ledger.recordHealth(HealthEntry.of(report, null, actor, buildUrl));
                }
            }
        } catch (DeliveryException e) {
            progress.line("WARNING: this check is not on record, so no promotion can count on it: " + e.getMessage());
        }
    }

    private static boolean hasLedger(Environment environment, Access access) throws InterruptedException {
        try (Connection connection = Database.open(environment, access)) {
            return Ledger.read(connection).exists();
        } catch (SQLException e) {
            throw LedgerFailure.of("be read", e);
        }
    }
}
