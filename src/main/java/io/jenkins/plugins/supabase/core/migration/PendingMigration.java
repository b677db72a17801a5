package io.jenkins.plugins.supabase.core.migration;

/**
 * A migration that a deployment would apply.
 *
 * @param statements  in the file, as the history will record them
 * @param sha256      of the file's text in UTF-8, 64 hex digits
 * @param hasRollback whether the release has {@code rollbacks/<version>_<name>.sql}
 */
public record PendingMigration(
        String version, String name, String fileName, int statements, String sha256, boolean hasRollback) {}
