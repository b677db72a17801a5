package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.bucket.BucketChange;
import io.jenkins.plugins.supabase.core.config.ConfigChange;
import io.jenkins.plugins.supabase.core.config.SettingChange;
import io.jenkins.plugins.supabase.core.function.FunctionChange;
import io.jenkins.plugins.supabase.core.migration.PendingMigration;
import io.jenkins.plugins.supabase.core.secret.SecretChange;
import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.TraceReport;
import java.util.List;

/**
 * What must change for an environment to hold a release. Every list is in a stable order; nothing in it is a secret, so
 * that it may be logged, stored and shown.
 *
 * @param running   the release that the ledger says runs now; null where it knows none
 * @param applied   how many of the release's migrations the environment has already
 * @param trace     null where no lock trace was asked for
 * @param refusals  why applying it would be refused, a paragraph each; empty where it would not
 * @param notes     what a reader should know of how the plan was made, such as a check that could not be run
 */
public record Plan(
        String environment,
        ReleaseSummary release,
        ReleaseSummary running,
        int applied,
        List<PendingMigration> migrations,
        List<ConfigChange> config,
        List<SecretChange> secrets,
        List<BucketChange> buckets,
        List<FunctionChange> functions,
        List<SettingChange> settings,
        List<Drift> drift,
        List<String> refusals,
        List<Finding> findings,
        TraceReport trace,
        List<String> notes) {
    public Plan {
        migrations = List.copyOf(migrations);
        config = List.copyOf(config);
        secrets = List.copyOf(secrets);
        buckets = List.copyOf(buckets);
        functions = List.copyOf(functions);
        settings = List.copyOf(settings);
        drift = List.copyOf(drift);
        // A plan that was kept by an older version of the plugin has none.
        refusals = refusals == null ? List.of() : List.copyOf(refusals);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** @return whether applying it would change nothing */
    public boolean isEmpty() {
        return migrations.isEmpty()
                && config.isEmpty()
                && buckets.isEmpty()
                && settings.isEmpty()
                && secrets.stream().allMatch(SecretChange::stays)
                && functions.stream().allMatch(FunctionChange::stays);
    }
}
