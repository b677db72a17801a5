package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.config.ConfigChange;
import io.jenkins.plugins.supabase.core.config.SettingChange;
import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.operation.Count;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A plan as lines for a log: {@code +} comes, {@code ~} changes, {@code -} goes, {@code !} wants a look. */
public final class PlanText {
    private static final int SHORT_DIGEST = 12;

    private final Plan plan;
    private final List<String> lines = new ArrayList<>();

    private PlanText(Plan plan) {
        this.plan = plan;
    }

    public static List<String> lines(Plan plan) {
        return new PlanText(plan).lines();
    }

    private List<String> lines() {
        add("Plan for %s: release %s", plan.environment(), describe(plan.release()));
        if (plan.running() != null) {
            add("  running now: %s", describe(plan.running()));
        }
        drift();
        if (plan.isEmpty()) {
            add("  Nothing to do: %s is what the release says (%s, %s).", plan.environment(),
                    Count.of(plan.applied(), "migration") + " applied",
                    Count.of((int) plan.functions().stream()
                            .filter(function -> function.kind() == FunctionChange.Kind.UNCHANGED)
                            .count(), "edge function") + " live");
        }
        migrations();
        config();
        secrets();
        buckets();
        functions();
        settings();
        findings();
        trace();
        plan.refusals().forEach(refusal -> add("  REFUSED: %s", refusal));
        plan.notes().forEach(note -> add("  note: %s", note));
        add("  plan digest: %s", PlanJson.digest(plan));
        return lines;
    }

    private static String describe(ReleaseSummary release) {
        StringBuilder text = new StringBuilder(release.version());
        if (release.commit() != null) {
            text.append(" (commit ").append(shortened(release.commit()));
            text.append(release.branch() == null ? "" : " of " + release.branch());
            text.append(release.modified() ? ", with changes that are not committed)" : ")");
        }
        return text.append(", sha256 ").append(shortened(release.digest())).toString();
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHORT_DIGEST, digest.length()));
    }

    private void drift() {
        for (Drift drift : plan.drift()) {
            add("  %s drift: %s: %s", drift.blocks() ? "!" : " ", drift.subject(), drift.detail());
        }
    }

    private void migrations() {
        if (plan.migrations().isEmpty()) {
            return;
        }
        add("  migrations: %d to apply, %d applied", plan.migrations().size(), plan.applied());
        for (PendingMigration migration : plan.migrations()) {
            add("    + %s (%s%s)", migration.fileName(), Count.of(migration.statements(), "statement"),
                    migration.hasRollback() ? ", has a rollback file" : "");
        }
    }

    private void config() {
        if (plan.config().isEmpty()) {
            return;
        }
        add("  config: %s", Count.of(plan.config().size(), "key"));
        for (ConfigChange change : plan.config()) {
            add("    %s %s: %s%s", change.weakens() ? "!" : "~", change.key(),
                    change.secret() ? "changed" : shown(change.from()) + " → " + shown(change.to()),
                    change.weakens() ? " (weaker)" : "");
        }
    }

    private void secrets() {
        List<SecretChange> changes =
                plan.secrets().stream().filter(secret -> !secret.stays()).toList();
        if (changes.isEmpty()) {
            return;
        }
        add("  secrets: %s", Count.of(changes.size(), "change"));
        for (SecretChange change : changes) {
            add("    %s %s%s", sign(change.kind().name()), change.name(),
                    change.credentialsId() == null ? "" : " (from the credential " + change.credentialsId() + ")");
        }
    }

    private void buckets() {
        if (plan.buckets().isEmpty()) {
            return;
        }
        add("  storage buckets: %s", Count.of(plan.buckets().size(), "change"));
        for (BucketChange bucket : plan.buckets()) {
            add("    %s %s", bucket.isNew() ? "+" : "~", bucket.name());
            bucket.settings().forEach(setting -> add("        %s: %s → %s", setting.key(), shown(setting.from()),
                    shown(setting.to())));
        }
    }

    private void functions() {
        List<FunctionChange> changes =
                plan.functions().stream().filter(function -> !function.stays()).toList();
        long unchanged = plan.functions().stream()
                .filter(function -> function.kind() == FunctionChange.Kind.UNCHANGED)
                .count();
        if (changes.isEmpty()) {
            return;
        }
        add("  edge functions: %d to change, %d unchanged", changes.size(), unchanged);
        for (FunctionChange change : changes) {
            add("    %s %s%s%s", sign(change.kind().name()), change.slug(),
                    change.liveVersion() == null ? "" : " (version " + change.liveVersion() + " runs)",
                    change.reasons().isEmpty() ? "" : ": " + String.join(", ", change.reasons()));
        }
    }

    private void settings() {
        if (plan.settings().isEmpty()) {
            return;
        }
        add("  settings of environments.yml: %s", Count.of(plan.settings().size(), "key"));
        for (SettingChange change : plan.settings()) {
            add("    ~ %s (sets %s): %s → %s", change.key(), change.sets(), shown(change.from()), shown(change.to()));
        }
    }

    /** The worst first, what is accepted last; how to do it better is told once a rule. */
    private void findings() {
        Set<String> told = new HashSet<>();
        List<Finding> sorted = plan.findings().stream()
                .sorted(Comparator.comparing((Finding finding) -> finding.waiver() != null)
                        .thenComparing(Finding::severity, Comparator.reverseOrder()))
                .toList();
        for (Finding finding : sorted) {
            String place = finding.line() > 0 ? finding.file() + " line " + finding.line() : finding.file();
            if (finding.waiver() != null) {
                add("    %s waived in %s: %s", finding.rule(), place, finding.waiver());
                continue;
            }
            add("  %s %s [%s] %s: %s", finding.severity().ordinal() == 0 ? " " : "!",
                    finding.severity().name().toLowerCase(Locale.ROOT), finding.rule(), place, finding.message());
            if (finding.remedy() != null && told.add(finding.rule())) {
                add("      %s", finding.remedy());
            }
        }
    }

    private void trace() {
        if (plan.trace() == null) {
            return;
        }
        add("  lock trace on %s:", plan.trace().scratch());
        for (TraceReport.Migration migration : plan.trace().migrations()) {
            if (migration.failure() != null) {
                add("    ! %s line %d, column %d will fail: %s", migration.fileName(), migration.failure().line(),
                        migration.failure().column(), migration.failure().message());
            }
            migration.unrestored().forEach(problem -> add("    ! rollback of %s: %s", migration.fileName(), problem));
            for (TraceReport.Statement statement : migration.statements()) {
                for (TraceReport.TableLock lock : statement.locks()) {
                    add("    %s line %d: %s on %s (about %,d %s, %,d kB)%s", migration.fileName(), statement.line(),
                            lock.mode(), lock.table(), lock.rows(), lock.rows() == 1 ? "row" : "rows",
                            lock.bytes() / 1000,
                            statement.rewrites().contains(lock.table())
                                    ? ", rewrites it"
                                    : statement.scans().contains(lock.table()) ? ", reads all of it" : "");
                }
            }
        }
        plan.trace().incomplete().forEach(reason -> add("    not traced: %s", reason));
    }

    private static String sign(String kind) {
        return switch (kind) {
            case "NEW" -> "+";
            case "REMOVE", "LEFT_BEHIND" -> "-";
            default -> "~";
        };
    }

    private static String shown(String value) {
        return value == null ? "unset" : value.isEmpty() ? "\"\"" : value.replaceAll("\\R", "⏎");
    }

    private void add(String format, Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments));
    }
}
