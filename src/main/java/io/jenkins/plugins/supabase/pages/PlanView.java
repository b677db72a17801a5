package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A plan as its page shows it. */
public final class PlanView extends TableView {
    private final Plan plan;

    PlanView(Plan plan) {
        this.plan = plan;
    }

    public Plan getPlan() {
        return plan;
    }

    public String getDigest() {
        return PlanJson.digest(plan);
    }

    public boolean isNothingToDo() {
        return plan.isEmpty();
    }

    /** @return secrets that would change */
    public List<SecretChange> getSecrets() {
        return plan.secrets().stream().filter(secret -> !secret.stays()).toList();
    }

    /** @return functions that would change */
    public List<FunctionChange> getChangedFunctions() {
        return plan.functions().stream().filter(function -> !function.stays()).toList();
    }

    /** @return functions that would not */
    public List<FunctionChange> getOtherFunctions() {
        return plan.functions().stream().filter(FunctionChange::stays).toList();
    }

    /** @return dangers, then warnings */
    public List<Finding> getConcerns() {
        return plan.findings().stream()
                .filter(finding -> finding.waiver() == null && finding.severity() != Severity.INFO)
                .sorted(Comparator.comparing(Finding::severity, Comparator.reverseOrder()))
                .toList();
    }

    /** @return findings that are good to know */
    public List<Finding> getHints() {
        return plan.findings().stream()
                .filter(finding -> finding.waiver() == null && finding.severity() == Severity.INFO)
                .toList();
    }

    /** @return findings that a comment accepts */
    public List<Finding> getWaivedFindings() {
        return plan.findings().stream().filter(finding -> finding.waiver() != null).toList();
    }

    public long getOpenDangers() {
        return plan.findings().stream()
                .filter(finding -> finding.waiver() == null && finding.severity() == Severity.DANGER)
                .count();
    }

    public long getBlockingDrift() {
        return plan.drift().stream().filter(Drift::blocks).count();
    }

    /** @return what traced statements do to tables that are there */
    public List<TraceRow> getTrace() {
        return TraceRow.of(plan.trace());
    }

    /** @return pending migrations, with what became of them on the scratch copy */
    public List<MigrationRow> getMigrations() {
        return MigrationRow.of(plan);
    }

    /** @return what would change, in a few words, such as "2 migrations, 1 edge function" */
    public String getSummary() {
        List<String> parts = new ArrayList<>();
        add(parts, plan.migrations().size(), "migration");
        add(parts, plan.config().size(), "config key");
        add(parts, getSecrets().size(), "secret");
        add(parts, plan.buckets().size(), "bucket");
        add(parts, getChangedFunctions().size(), "edge function");
        add(parts, plan.settings().size(), "setting");
        return parts.isEmpty() ? "Nothing to do" : String.join(", ", parts);
    }

    private static void add(List<String> parts, int number, String noun) {
        if (number > 0) {
            parts.add(Count.of(number, noun));
        }
    }

    /** @return info, warning or danger; waived where a comment accepts it */
    public String level(Finding finding) {
        return finding.waiver() == null ? Words.of(finding.severity()) : "waived";
    }
}
