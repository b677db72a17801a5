package io.jenkins.plugins.supabase.core.backup.store;

import io.jenkins.plugins.supabase.core.backup.format.BackupManifest;
import io.jenkins.plugins.supabase.core.blob.Destination;
import java.util.List;

/**
 * A backup whose manifest was found and whose signature fits.
 *
 * @param destinations that have its manifest
 * @param problems     a sentence for each destination that could not be asked or has a manifest that is not to be
 *                     trusted
 */
public record StoredBackup(BackupManifest manifest, List<Destination> destinations, List<String> problems) {
    public StoredBackup {
        destinations = List.copyOf(destinations);
        problems = List.copyOf(problems);
    }

    public List<String> destinationNames() {
        return destinations.stream().map(Destination::name).toList();
    }
}
