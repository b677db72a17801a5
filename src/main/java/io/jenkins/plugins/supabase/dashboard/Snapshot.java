package io.jenkins.plugins.supabase.dashboard;

import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.overview.EnvironmentSummary;
import java.time.Instant;

/**
 * What the controller last saw of an environment.
 *
 * @param environment as it was configured then
 * @param summary     the last one that could be read; empty where there is none
 * @param takenAt     when that was; null where there is none
 * @param problem     why the ledger could not be read since; null where it could
 */
record Snapshot(EnvironmentConfiguration environment, EnvironmentSummary summary, Instant takenAt, String problem) {
    static Snapshot none(EnvironmentConfiguration environment) {
        return new Snapshot(environment, EnvironmentSummary.EMPTY, null, null);
    }

    String name() {
        return environment.getName();
    }

    Snapshot withSummary(EnvironmentSummary read, Instant now) {
        return new Snapshot(environment, read, now, null);
    }

    Snapshot withProblem(String why) {
        return new Snapshot(environment, summary, takenAt, why);
    }
}
