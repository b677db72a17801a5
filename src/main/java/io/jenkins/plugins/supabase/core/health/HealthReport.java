package io.jenkins.plugins.supabase.core.health;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a check found.
 *
 * @param environment    its name
 * @param probes         in a stable order: project, services, auth, rest, storage, functions as given, database
 * @param durationMillis of the whole check, pauses included
 */
public record HealthReport(String environment, List<ProbeResult> probes, long durationMillis) implements Serializable {
    private static final long serialVersionUID = 1L;

    public HealthReport {
        probes = new ArrayList<>(probes);
    }

    /** @return whether something was probed and nothing of it is unhealthy */
    public boolean healthy() {
        return unhealthy().isEmpty() && probed() > 0;
    }

    public List<ProbeResult> unhealthy() {
        return probes.stream().filter(probe -> probe.verdict() == Verdict.UNHEALTHY).toList();
    }

    /** @return how many probes were not skipped */
    public int probed() {
        return (int) probes.stream().filter(probe -> probe.verdict() != Verdict.SKIPPED).count();
    }

    /** @return the lines of a table for the log */
    public List<String> table() {
        return HealthTable.lines(this);
    }

    /** @return one paragraph: what is unhealthy and what to do, or that all is well */
    public String summary() {
        if (probed() == 0) {
            return "Nothing of environment '" + environment + "' was probed, so nothing is known of its health: "
                    + "each probe was switched off or lacks what it needs (the table says what).";
        }
        List<ProbeResult> unhealthy = unhealthy();
        String seconds = HealthTable.seconds(durationMillis);
        if (unhealthy.isEmpty()) {
            return "Environment '" + environment + "' is healthy: " + probed() + " probes in " + seconds + ".";
        }
        return "Environment '" + environment + "' is not healthy: " + unhealthy.size() + " of " + probed()
                + " probes failed after " + seconds + ": " + Failures.named(unhealthy)
                + ".";
    }
}
