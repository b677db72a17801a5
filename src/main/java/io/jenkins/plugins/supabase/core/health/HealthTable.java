package io.jenkins.plugins.supabase.core.health;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A report as a table of fixed width for a log. */
final class HealthTable {
    private static final int LONGEST_TARGET = 60;

    private HealthTable() {}

    static List<String> lines(HealthReport report) {
        List<ProbeResult> probes = report.probes();
        int name = width("PROBE", probes.stream().map(ProbeResult::name).toList());
        int target = width("TARGET", probes.stream().map(probe -> target(probe)).toList());
        String row = "%-" + name + "s  %-" + target + "s  %-9s  %9s  %5s  %s";
        List<String> lines = new ArrayList<>();
        lines.add(row.formatted("PROBE", "TARGET", "VERDICT", "LATENCY", "TRIES", "DETAIL").stripTrailing());
        for (ProbeResult probe : probes) {
            boolean skipped = probe.verdict() == Verdict.SKIPPED;
            lines.add(row.formatted(
                            probe.name(),
                            target(probe),
                            probe.verdict(),
                            skipped ? "-" : probe.latencyMillis() + " ms",
                            skipped ? "-" : String.valueOf(probe.attempts()),
                            probe.detail())
                    .stripTrailing());
        }
        lines.add(totals(report));
        return lines;
    }

    static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    private static String totals(HealthReport report) {
        long[] latencies = report.probes().stream()
                .filter(probe -> probe.verdict() != Verdict.SKIPPED)
                .mapToLong(ProbeResult::latencyMillis)
                .sorted()
                .toArray();
        int skipped = report.probes().size() - latencies.length;
        int unhealthy = report.unhealthy().size();
        String counts = (latencies.length - unhealthy) + " healthy, " + unhealthy + " unhealthy, " + skipped
                + " skipped in " + seconds(report.durationMillis());
        return latencies.length == 0
                ? counts
                : counts + "; latency p50 " + latencies[(latencies.length - 1) / 2] + " ms, max "
                        + latencies[latencies.length - 1] + " ms";
    }

    private static int width(String heading, List<String> values) {
        return values.stream().mapToInt(String::length).reduce(heading.length(), Math::max);
    }

    private static String target(ProbeResult probe) {
        String target = probe.target();
        return target.length() <= LONGEST_TARGET ? target : target.substring(0, LONGEST_TARGET - 1) + "…";
    }
}
