package io.jenkins.plugins.supabase.recovery;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.ledger.BackupStanding;
import io.jenkins.plugins.supabase.core.overview.RunningState;
import java.util.List;

/**
 * What a runbook is filled in with. Holds no secret.
 *
 * @param destinations that the environment's backups are in
 * @param running      the release to bring back; null where none is known
 */
public record RecoveryFacts(
        EnvironmentConfiguration environment,
        List<DestinationConfiguration> destinations,
        BackupStanding standing,
        RunningState running) {
    public RecoveryFacts {
        destinations = List.copyOf(destinations);
    }

    /** @param configured all destinations that there are: an environment that names none uses each */
    public static RecoveryFacts of(
            EnvironmentConfiguration environment,
            List<DestinationConfiguration> configured,
            BackupStanding standing,
            RunningState running) {
        BackupConfiguration backup = environment.getBackup();
        List<String> names = backup == null ? null : backup.getDestinations();
        List<DestinationConfiguration> used = configured.stream()
                .filter(destination -> names == null || names.contains(destination.getName()))
                .toList();
        return new RecoveryFacts(environment, used, standing, running);
    }

    String name() {
        return environment.getName();
    }

    /** @return whether it is a project of which Supabase keeps backups itself, and restores them when asked */
    boolean isManaged() {
        return environment.getProjectRef() != null && environment.getAccessTokenCredentialsId() != null;
    }

    /** @return one that says nothing where nobody configured any */
    BackupConfiguration backup() {
        return environment.getBackup() == null ? new BackupConfiguration() : environment.getBackup();
    }
}
