package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A backup that was made.
 *
 * @param destinations that hold it
 * @param failures     why, by name of each destination that does not
 * @param problems     a sentence for each thing that should be in it and is not
 */
public record BackupResult(
        BackupManifest manifest,
        List<String> destinations,
        Map<String, String> failures,
        List<String> problems,
        Duration duration) {}
