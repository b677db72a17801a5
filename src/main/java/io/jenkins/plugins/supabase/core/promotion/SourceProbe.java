package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.health.HealthCheck;
import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.ledger.HealthLog;
import io.jenkins.plugins.supabase.core.operation.Progress;

/** Asks the source whether it is healthy now, where the gate wants to know, and keeps the answer in its ledger. */
final class SourceProbe {
    private SourceProbe() {}

    static void run(PromotionRequest request, GateRules rules, Progress progress) throws InterruptedException {
        if (!rules.sourceHealthy() || request.sourceHealth() == null) {
            return;
        }
        progress.line("The gate wants " + request.from().name() + " to be healthy:");
        HealthReport report = HealthCheck.run(request.sourceHealth(), progress);
        report.table().forEach(progress::line);
        Origin origin = request.deployment().origin();
        HealthLog.record(
                request.from(), request.fromAccess(), report, origin.actor(), origin.buildUrl(), progress);
    }
}
