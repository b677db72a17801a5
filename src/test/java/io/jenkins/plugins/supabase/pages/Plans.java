package io.jenkins.plugins.supabase.pages;

import io.jenkins.plugins.supabase.core.config.ConfigChange;
import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.plan.Drift;
import io.jenkins.plugins.supabase.core.plan.Plan;
import io.jenkins.plugins.supabase.core.plan.ReleaseSummary;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.List;
import java.util.stream.IntStream;

/** Plans to look at. */
final class Plans {
    private static final ReleaseSummary RELEASE =
            new ReleaseSummary("ab".repeat(32), "1.2.0", "cd".repeat(20), "main", "Ada", false);

    private Plans() {}

    static Plan empty() {
        return new Plan(
                "staging", RELEASE, null, 3, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), null, List.of());
    }

    /** @param trace null for none */
    static Plan tracing(PendingMigration migration, TraceReport trace) {
        return new Plan(
                "staging", RELEASE, null, 3, List.of(migration), List.of(), List.of(), List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), trace, List.of());
    }

    /** @param migrations pending ones, each of which locks a table */
    static Plan of(int migrations) {
        return new Plan(
                "staging",
                RELEASE,
                null,
                3,
                IntStream.range(0, migrations)
                        .mapToObj(i -> new PendingMigration("" + i, "m", i + "_m.sql", 1, "00", false))
                        .toList(),
                List.of(new ConfigChange("auth", "auth.site_url", "a", "b", false, false)),
                List.of(
                        new SecretChange("STRIPE_KEY", SecretChange.Kind.NEW, "stripe"),
                        new SecretChange("OLD_KEY", SecretChange.Kind.EXTRA, null)),
                List.of(),
                List.of(
                        new FunctionChange("same", FunctionChange.Kind.UNCHANGED, List.of(), "00", 1, 10, 4),
                        new FunctionChange("hello", FunctionChange.Kind.CHANGED, List.of("source"), "00", 2, 1400, 3)),
                List.of(),
                List.of(new Drift(Drift.Kind.EDITED_MIGRATION, "1_a.sql", "Statement 2 differs.", true)),
                List.of("1_a.sql was edited after it had been applied."),
                List.of(
                        finding(Severity.INFO, null),
                        finding(Severity.WARNING, null),
                        finding(Severity.DANGER, "the table is empty"),
                        finding(Severity.DANGER, null)),
                new TraceReport(
                        "PostgreSQL 15",
                        IntStream.range(0, migrations)
                                .mapToObj(i -> new TraceReport.Migration(
                                        "" + i,
                                        i + "_m.sql",
                                        List.of(new TraceReport.Statement(
                                                1,
                                                "alter table votes",
                                                List.of(new TraceReport.TableLock(
                                                        "public.votes", "AccessExclusiveLock", 12_000, 1_400_000)),
                                                List.of("public.votes"),
                                                List.of(),
                                                List.of())),
                                        null,
                                        null,
                                        List.of()))
                                .toList(),
                        List.of()),
                List.of("deno is not on this agent."));
    }

    private static Finding finding(Severity severity, String waiver) {
        return new Finding("index-without-concurrently", severity, "1_m.sql", 3, "Blocks writers.", "Do so.", waiver);
    }
}
