package io.jenkins.plugins.supabase.core.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of a deployment that did not reach its end what of it is live and what is not. */
final class LiveReport {
    /** These change nothing that an application sees. */
    private static final Set<String> SILENT =
            Set.of("preflight", "bundle", StepReport.RESTORE_POINT, "snapshot", "health", "migrations");

    private LiveReport() {}

    /**
     * @param reports of the steps so far
     * @param planned kinds of the parts that had work, in their order
     * @return one or two sentences
     */
    static String of(List<StepReport> reports, List<String> planned) {
        List<String> live = changes(reports).stream().map(StepReport::label).toList();
        List<String> reached = reports.stream().map(StepReport::kind).toList();
        List<String> notReached = new ArrayList<>(planned);
        notReached.removeAll(reached);
        String sentence = live.isEmpty()
                ? "Nothing of this deployment is live."
                : "Live from this deployment: " + String.join(", ", live) + ".";
        return notReached.isEmpty() ? sentence : sentence + " Not reached: " + String.join(", ", notReached) + ".";
    }

    /** @return whether anything was changed that an application sees */
    static boolean changedAnything(List<StepReport> reports) {
        return reports.stream().anyMatch(report -> !SILENT.contains(report.kind()));
    }

    private static List<StepReport> changes(List<StepReport> reports) {
        return reports.stream()
                .filter(report -> report.done() && !SILENT.contains(report.kind()))
                .collect(Collectors.toList());
    }
}
