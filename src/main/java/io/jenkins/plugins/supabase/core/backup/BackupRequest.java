package io.jenkins.plugins.supabase.core.backup;

import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import java.util.List;
import java.util.Set;

/**
 * What to back up and for whom.
 *
 * @param recipients      at least one
 * @param minDestinations how many have to hold the backup for it to count; at least 1
 * @param connections     how many read at once, 1 to 16; with the one that holds the snapshot and pg_dump's, three
 *                        more are
 *                        needed
 * @param tool            the plugin's version, for the manifest
 * @param scopes          what is backed up; null for whatever is configured
 * @param management      how patiently the project is asked
 */
public record BackupRequest(
        Environment environment,
        Access access,
        List<AgeRecipient> recipients,
        SigningKey signingKey,
        int minDestinations,
        int connections,
        String tool,
        Set<BackupScope> scopes,
        ManagementOptions management) {
    public BackupRequest {
        recipients = List.copyOf(recipients);
        scopes = scopes == null ? null : Set.copyOf(scopes);
    }

    /** For whatever is configured. */
    public BackupRequest(
            Environment environment,
            Access access,
            List<AgeRecipient> recipients,
            SigningKey signingKey,
            int minDestinations,
            int connections,
            String tool) {
        this(
                environment, access, recipients, signingKey, minDestinations, connections, tool, null,
                ManagementOptions.DEFAULT);
    }
}
