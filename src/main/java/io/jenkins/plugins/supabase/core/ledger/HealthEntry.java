package io.jenkins.plugins.supabase.core.ledger;

import io.jenkins.plugins.supabase.core.health.HealthReport;
import io.jenkins.plugins.supabase.core.health.ProbeResult;
import java.time.Instant;
import java.util.List;

/**
 * What a health check found, as it stands in the ledger.
 *
 * @param at         by the server's clock, when it was recorded; null before
 * @param probed     how many probes were not skipped
 * @param failing    a line for each probe that failed: its name and what came back
 * @param deployment whose check it was; null where none asked
 * @param actor      who asked
 * @param buildUrl   of the build that asked; empty where there was none
 */
public record HealthEntry(
        Instant at,
        Verdict verdict,
        int probed,
        List<String> failing,
        long durationMillis,
        Long deployment,
        String actor,
        String buildUrl) {
    /** Of the whole check. */
    public enum Verdict {
        HEALTHY,
        UNHEALTHY,
        /** Nothing was probed. */
        UNKNOWN
    }

    public HealthEntry {
        failing = List.copyOf(failing);
    }

    /** @param deployment null where none asked */
    public static HealthEntry of(HealthReport report, Long deployment, String actor, String buildUrl) {
        return new HealthEntry(
                null,
                report.probed() == 0 ? Verdict.UNKNOWN : report.healthy() ? Verdict.HEALTHY : Verdict.UNHEALTHY,
                report.probed(),
                report.unhealthy().stream().map(HealthEntry::line).toList(),
                report.durationMillis(),
                deployment,
                actor,
                buildUrl);
    }

    private static String line(ProbeResult probe) {
        return probe.name() + ": " + probe.detail();
    }
}
