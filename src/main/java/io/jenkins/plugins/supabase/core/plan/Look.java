package io.jenkins.plugins.supabase.core.plan;

import io.jenkins.plugins.supabase.core.bucket.BucketPlan;
import io.jenkins.plugins.supabase.core.config.ConfigPlan;
import io.jenkins.plugins.supabase.core.config.RemoteConfig;
import io.jenkins.plugins.supabase.core.function.FunctionPlan;
import io.jenkins.plugins.supabase.core.ledger.CurrentState;
import io.jenkins.plugins.supabase.core.ledger.EnvironmentState;
import io.jenkins.plugins.supabase.core.management.StorageClient;
import io.jenkins.plugins.supabase.core.management.StoredBucket;
import io.jenkins.plugins.supabase.core.migration.MigrationComparison;
import io.jenkins.plugins.supabase.core.postgres.SchemaState;
import io.jenkins.plugins.supabase.core.secret.SecretPlan;
import java.util.List;
import java.util.Optional;

/**
 * A plan with what it was made of, for whoever applies it at once. Holds secrets, so it is never stored.
 *
 * @param plan       may be shown and stored
 * @param position   number of the newest deployment in the ledger; 0 where there is none
 * @param current    what the ledger says runs; null where it knows nothing
 * @param unfinished deployments that came after it of which nobody recorded what they left, the oldest first
 * @param migrations null where the database cannot be reached
 * @param restorePoint whether one is to be made first
 * @param schema     null where the database cannot be reached
 * @param config     null where no settings are deployed
 * @param remote     what the project has; null where it was not asked
 * @param secrets    null where none are deployed
 * @param buckets    null where none were looked at
 * @param functions  null where none are deployed
 */
public record Look(
        Plan plan,
        long position,
        CurrentState current,
        List<Long> unfinished,
        MigrationComparison migrations,
        RestorePointPlan restorePoint,
        SchemaState schema,
        ConfigPlan config,
        RemoteConfig remote,
        SecretPlan secrets,
        BucketLook buckets,
        FunctionPlan functions) {

    /**
     * @param plan     what would be done
     * @param declared names in the release
     * @param live     all that there are
     * @param storage  to change them by
     */
    public record BucketLook(
            BucketPlan plan, List<String> declared, List<StoredBucket> live, StorageClient storage) {}

    /** @return what the last deployment recorded; empty where there was none */
    public EnvironmentState recorded() {
        return Optional.ofNullable(current)
                .map(CurrentState::state)
                .orElse(EnvironmentState.EMPTY);
    }
}
