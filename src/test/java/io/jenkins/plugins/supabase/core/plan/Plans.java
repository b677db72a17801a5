package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.config.ConfigChange;
import io.jenkins.plugins.supabase.core.config.SettingChange;
import io.jenkins.plugins.supabase.core.config.SettingChange;
import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.List;

/** Plans for tests. */
public final class Plans {
    public static final ReleaseSummary RELEASE =
            new ReleaseSummary("ab".repeat(32), "20261124T101500-1a2b3c4", "1a2b3c4d5e", "main", "Ada <ada@example.com>", false);

    private Plans() {}

    /** @return one with something of everything */
    public static Plan full() {
        return new Plan(
                "production",
                RELEASE,
                new ReleaseSummary("cd".repeat(32), "20261120T080000-0a0b0c0", "0a0b0c0d", "main", null, true),
                12,
                List.of(new PendingMigration("20261124000000", "add", "20261124000000_add.sql", 3, "ef".repeat(32), true)),
                List.of(
                        new ConfigChange("auth", "auth.site_url", "https://old.example", "https://new.example", false, false),
                        new ConfigChange("auth", "auth.email.smtp.pass", null, null, true, false),
                        new ConfigChange("auth", "auth.minimum_password_length", "12", "8", false, true)),
                List.of(
                        new SecretChange("STRIPE_KEY", SecretChange.Kind.CHANGED, "stripe"),
                        new SecretChange("OLD", SecretChange.Kind.EXTRA, null)),
                List.of(new BucketChange(
                        "avatars", false, List.of(new BucketChange.Setting("public", "false", "true")))),
                List.of(
                        new FunctionChange(
                                "hello", FunctionChange.Kind.CHANGED, List.of("source"), "12".repeat(32), 3, 2048, 7),
                        new FunctionChange("same", FunctionChange.Kind.UNCHANGED, List.of(), "34".repeat(32), 1, 10, 1)),
                List.of(new SettingChange("max_connections", "pooler.default_pool_size", "15", "20")),
                List.of(new Drift(Drift.Kind.SCHEMA, "table public.polls", "The column x was added.", false)),
                List.of("The environment \"production\" refuses 1 change of its settings."),
                List.of(new Finding(
                        "index-without-concurrently",
                        Severity.DANGER,
                        "supabase/migrations/20261124000000_add.sql",
                        2,
                        "Building the index blocks writes to public.votes (about 5,000,000 rows).",
                        "Use CREATE INDEX CONCURRENTLY in a migration of its own.",
                        null)),
                new TraceReport(
                        "PostgreSQL 15.14 on this agent",
                        List.of(new TraceReport.Migration(
                                "20261124000000",
                                "20261124000000_add.sql",
                                List.of(new TraceReport.Statement(
                                        2,
                                        "CREATE INDEX …",
                                        List.of(new TraceReport.TableLock(
                                                "public.votes", "ShareLock", 5_000_000, 400_000_000)),
                                        List.of(),
                                        List.of("public.votes"),
                                        List.of())),
                                null,
                                true,
                                List.of())),
                        List.of()),
                List.of("Edge functions were not type-checked: deno is not on the agent."));
    }

    /** @return one with nothing to do */
    public static Plan empty() {
        return new Plan(
                "production", RELEASE, RELEASE, 13, List.of(), List.of(), List.of(), List.of(),
                List.of(new FunctionChange("same", FunctionChange.Kind.UNCHANGED, List.of(), "34".repeat(32), 1, 10, 1)),
                List.of(), List.of(), List.of(), List.of(), null, List.of());
    }
}
