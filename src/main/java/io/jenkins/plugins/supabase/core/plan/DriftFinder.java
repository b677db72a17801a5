package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.config.ConfigDrift;
import io.jenkins.plugins.supabase.core.config.RemoteConfig;
import io.jenkins.plugins.supabase.core.function.FunctionDrift;
import io.jenkins.plugins.supabase.core.function.FunctionPlan;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.migration.EditedMigration;
import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.postgres.AppliedMigration;
import io.jenkins.plugins.supabase.core.postgres.SchemaDifference;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.secret.SecretDrift;
import io.jenkins.plugins.supabase.core.secret.SecretPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Finds what others made of an environment since the last deployment. Every part may be null where it was not looked at. */
final class DriftFinder {
    private final EnvironmentState recorded;
    private final List<Drift> drift = new ArrayList<>();

    DriftFinder(EnvironmentState recorded) {
        this.recorded = recorded;
    }

    /** @return migrations first, then the database, the settings, the functions, the secrets and the buckets */
    List<Drift> find(
            MigrationComparison migrations,
            SchemaState schema,
            RemoteConfig remote,
            FunctionPlan functions,
            SecretPlan secrets,
            Look.BucketLook buckets) {
        if (migrations != null) {
            migrations(migrations);
        }
        if (schema != null && !recorded.schema().isEmpty()) {
            schema(schema);
        }
        if (remote != null) {
            config(remote);
        }
        if (functions != null) {
            functions(functions);
        }
        if (secrets != null) {
            secrets(secrets);
        }
        if (buckets != null) {
            buckets(BucketState.of(buckets.live()));
        }
        return List.copyOf(drift);
    }

    private void migrations(MigrationComparison migrations) {
        for (AppliedMigration missing : migrations.missing()) {
            drift.add(new Drift(
                    Drift.Kind.UNKNOWN_MIGRATION,
                    missing.fileName(),
                    "It was applied to the environment, and the release does not have it.",
                    true));
        }
        for (MigrationFile late : migrations.late()) {
            drift.add(new Drift(
                    Drift.Kind.LATE_MIGRATION,
                    late.fileName(),
                    "It is not applied, but older than the newest applied migration, "
                            + migrations.newest().orElseThrow() + ".",
                    true));
        }
        for (EditedMigration edited : migrations.edited()) {
            drift.add(new Drift(
                    Drift.Kind.EDITED_MIGRATION, edited.file().fileName(), edited.describe(), !edited.cosmetic()));
        }
    }

    private void schema(SchemaState now) {
        for (SchemaDifference difference : SchemaState.compare(new SchemaState(recorded.schema()), now)) {
            drift.add(new Drift(
                    Drift.Kind.SCHEMA,
                    difference.object(),
                    "Since the last deployment, the " + difference.inWords() + " by other ways.",
                    false));
        }
    }

    private void config(RemoteConfig remote) {
        for (ConfigDrift key : ConfigDrift.between(recorded.config(), remote)) {
            drift.add(new Drift(
                    Drift.Kind.CONFIG,
                    key.key(),
                    key.before() == null && key.now() == null
                            ? "It was changed by other ways since the last deployment."
                            : "It was " + key.before() + " after the last deployment and is " + key.now() + " now.",
                    false));
        }
    }

    private void functions(FunctionPlan functions) {
        for (FunctionDrift function : functions.changedOutside()) {
            drift.add(new Drift(Drift.Kind.FUNCTION, "function " + function.slug(), function.detail(), false));
        }
    }

    private void buckets(SortedMap<String, SortedMap<String, String>> now) {
        recorded.buckets().forEach((name, settings) -> {
            SortedMap<String, String> present = now.get(name);
            if (present == null) {
                drift.add(new Drift(
                        Drift.Kind.BUCKET, "bucket " + name, "It was deleted since the last deployment.", false));
                return;
            }
            settings.forEach((key, before) -> {
                if (!before.equals(present.get(key))) {
                    drift.add(new Drift(
                            Drift.Kind.BUCKET,
                            "bucket " + name,
                            key + " was " + before + " after the last deployment and is " + present.get(key) + " now.",
                            false));
                }
            });
        });
    }

    private void secrets(SecretPlan secrets) {
        for (SecretDrift secret : secrets.changedOutside()) {
            drift.add(new Drift(Drift.Kind.SECRET, "secret " + secret.name(), secret.detail(), false));
        }
    }
}
