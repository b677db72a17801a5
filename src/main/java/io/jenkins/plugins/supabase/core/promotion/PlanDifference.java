package io.jenkins.plugins.supabase.core.promotion;

import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What changed between the plan that was approved and the one that would be carried out now. */
final class PlanDifference {
    private PlanDifference() {}

    /**
     * @return a line for each difference; never empty, as it is asked where the digests differ or another release runs
     */
    static List<String> lines(Plan approved, Plan now) {
        List<String> lines = new ArrayList<>();
        String before = running(approved);
        if (!Objects.equals(before, running(now))) {
            lines.add("running in %s: was %s, is %s".formatted(now.environment(), before, running(now)));
        }
        List<String> were = text(approved);
        List<String> are = text(now);
        without(were, are).forEach(line -> lines.add("was: " + line));
        without(are, were).forEach(line -> lines.add("is:  " + line));
        if (lines.isEmpty()) {
            lines.add("the contents of a file or of a setting that is not shown");
        }
        return lines;
    }

    private static String running(Plan plan) {
        return plan.running() == null
                ? "nothing"
                : plan.running().version() + " (sha256 " + Gate.shortened(plan.running().digest()) + ")";
    }

    private static List<String> text(Plan plan) {
        Plan told = new Plan(
                plan.environment(), plan.release(), null, 0, plan.migrations(), plan.config(), plan.secrets(),
                plan.buckets(), plan.functions(), plan.settings(), plan.drift(), plan.refusals(), List.of(), null,
                List.of());
        return PlanText.lines(told).stream()
                .map(String::strip)
                .filter(line -> !line.startsWith("plan digest:"))
                .toList();
    }

    private static List<String> without(List<String> lines, List<String> others) {
        List<String> left = new ArrayList<>(lines);
        others.forEach(left::remove);
        return left;
    }
}
