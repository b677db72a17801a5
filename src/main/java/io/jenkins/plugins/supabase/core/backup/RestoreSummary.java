package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.restore.RestoredStorage;
import java.io.Serializable;
import java.util.List;

/**
 * A restore, for pages and pipelines.
 *
 * @param id             of the backup
 * @param environment    whose backup it is
 * @param snapshotTime   ISO 8601, of the backup
 * @param target         address of the database that has it now, without a user
 * @param durationMillis of the whole: the time to recovery that was reached
 * @param before         where what was there before is, such as "the database shop_before_20261130t210000"; null where
 *                       nothing was
 * @param storage        what became of the storage objects; null where they were not asked for
 * @param config         the folder with the configuration; null likewise
 * @param problems       copies that were damaged; their parts came from other destinations
 */
public record RestoreSummary(
        String id,
        String environment,
        String snapshotTime,
        String target,
        long durationMillis,
        long rows,
        long bytes,
        String before,
        RestoredStorage storage,
        String config,
        List<String> problems)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
