package io.jenkins.plugins.supabase.core.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to ask, and what not and why; the rows in the order of the report. */
final class ProbePlan {
    private final List<Probe> probes = new ArrayList<>();
    private final Map<Subject, String> rows = new LinkedHashMap<>();

    void add(Probe probe) {
        probes.add(probe);
        probe.subjects().forEach(subject -> rows.put(subject, null));
    }

    void skip(Subject subject, String why) {
        rows.put(subject, why);
    }

    List<Probe> probes() {
        return probes;
    }

    /** @return how many rows are not skipped */
    int toAsk() {
        return (int) rows.values().stream().filter(why -> why == null).count();
    }

    /** @param asked what is known of a subject that was to be asked */
    List<ProbeResult> results(Map<Subject, ProbeResult> asked) {
        List<ProbeResult> results = new ArrayList<>();
        rows.forEach((subject, why) -> results.add(
                why == null
                        ? asked.get(subject)
                        : new ProbeResult(subject.name(), subject.target(), Verdict.SKIPPED, 0, 0, why)));
        return results;
    }
}
