package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.PlanJson;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
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
        return plan.secrets().stream()
                .filter(secret -> secret.kind() != SecretChange.Kind.UNCHANGED
                        && secret.kind() != SecretChange.Kind.EXTRA)
                .toList();
    }

    /** @return functions that would change, then those that would not */
    public List<FunctionChange> getFunctions() {
        return plan.functions().stream()
                .sorted(Comparator.comparing(FunctionChange::stays))
                .toList();
    }

    public long getChangedFunctions() {
        return plan.functions().stream().filter(function -> !function.stays()).count();
    }

    /** @return the worst first; waived ones last */
    public List<Finding> getFindings() {
        return plan.findings().stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.waiver() != null)
                        .thenComparing(Finding::severity, Comparator.reverseOrder()))
                .toList();
    }

    public long getOpenDangers() {
        return plan.findings().stream()
                .filter(finding -> finding.waiver() == null && finding.severity() == Severity.DANGER)
                .count();
    }

    public long getBlockingDrift() {
        return plan.drift().stream().filter(Drift::blocks).count();
    }

    /** One lock of one statement. */
    public record LockRow(
            String fileName, int line, String sql, String table, String mode, String rows, String bytes, boolean rewrites) {}

    /** @return the locks that traced statements take, at most as many as somebody would read */
    public List<LockRow> getLocks() {
        List<LockRow> rows = new ArrayList<>();
        if (plan.trace() == null) {
            return rows;
        }
        for (TraceReport.Migration migration : plan.trace().migrations()) {
            for (TraceReport.Statement statement : migration.statements()) {
                for (TraceReport.TableLock lock : statement.locks()) {
                    rows.add(new LockRow(
                            migration.fileName(),
                            statement.line(),
                            statement.sql(),
                            lock.table(),
                            lock.mode(),
                            Words.number(lock.rows()),
                            Words.size(lock.bytes()),
                            statement.rewrites().contains(lock.table())));
                }
            }
        }
        return rows;
    }

    /** @return what would change, in a few words, such as "2 migrations, 1 edge function" */
    public String getSummary() {
        List<String> parts = new ArrayList<>();
        add(parts, plan.migrations().size(), "migration");
        add(parts, plan.config().size(), "config key");
        add(parts, getSecrets().size(), "secret");
        add(parts, plan.buckets().size(), "bucket");
        add(parts, (int) getChangedFunctions(), "edge function");
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
