package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.core.ledger.Deployment;
import io.jenkins.plugins.supabase.core.ledger.DeploymentKind;
import io.jenkins.plugins.supabase.pages.Words;
import java.time.Duration;

/**
 * A deployment in a table.
 *
 * @param emergency whether it came of one
 * @param duration  in words; empty while it runs
 * @param millis    for sorting; 0 while it runs
 * @param link      to the build; null for none
 * @param at        when it began, in ISO form
 */
public record HistoryRow(
        String environment,
        long number,
        String kind,
        String version,
        String state,
        String level,
        boolean emergency,
        String actor,
        String duration,
        long millis,
        String link,
        String at) {
    static HistoryRow of(String environment, Deployment deployment, Viewer viewer) {
        long millis = deployment.endedAt() == null
                ? 0
                : Duration.between(deployment.startedAt(), deployment.endedAt()).toMillis();
        return new HistoryRow(
                environment,
                deployment.id(),
                deployment.kind() == DeploymentKind.ROLLBACK ? "rollback" : "deployment",
                deployment.releaseVersion(),
                Words.of(deployment.state()),
                Levels.of(deployment.state()),
                deployment.emergency(),
                deployment.actor(),
                deployment.endedAt() == null ? "" : Words.duration(millis),
                millis,
                viewer.link(deployment.buildUrl()),
                deployment.startedAt().toString());
    }
}
