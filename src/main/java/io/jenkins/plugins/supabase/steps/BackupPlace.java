package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.DestinationConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupLog;
import io.jenkins.plugins.supabase.core.backup.format.VerificationKey;
import io.jenkins.plugins.supabase.core.backup.store.BackupStore;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.blob.DestinationSettings;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.NearestName;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose backups, where they are and which key signed them, on the way to the agent.
 *
 * @param access          of the database alone
 * @param verificationKey PEM
 */
record BackupPlace(
        Environment environment,
        Access access,
        ArrayList<DestinationSettings> destinations,
        String verificationKey,
        Origin origin)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** What is done on the agent. */
    @FunctionalInterface
    interface Work {
        Serializable with(List<Destination> destinations) throws InterruptedException;
    }

    /**
     * @param step   who asks
     * @param chosen names of destinations, null for those of the environment
     * @throws DeliveryException naming what of the configuration is missing
     */
    static BackupPlace of(
            String step,
            EnvironmentConfiguration configured,
            List<String> chosen,
            Access access,
            Origin origin,
            CredentialLookup lookup) {
        BackupConfiguration backup = configuration(step, configured);
        ArrayList<DestinationSettings> settings = new ArrayList<>();
        for (DestinationConfiguration destination : destinations(step, backup, chosen)) {
            settings.add(destination.toSettings(lookup));
        }
        return new BackupPlace(
                configured.toEnvironment(),
                new Access(null, access.databaseUser(), access.databasePassword(), null),
                settings,
                required(step, configured, "verificationKey", backup.getVerificationKey()),
                origin);
    }

    /** @throws DeliveryException where the environment has none */
    static BackupConfiguration configuration(String step, EnvironmentConfiguration configured) {
        if (configured.getBackup() == null) {
            throw new DeliveryException(step + " needs to know the keys with which environment"
                    + " \"" + configured.getName()
                    + "\" is backed up, and none are configured, so that nothing was done. Let an administrator fill in"
                    + " \"Backups\" of the environment under Manage Jenkins » System » Supabase Delivery.");
        }
        return configured.getBackup();
    }

    /** @throws DeliveryException where the setting is missing */
    static <T> T required(String step, EnvironmentConfiguration configured, String setting, T value) {
        if (value == null) {
            throw new DeliveryException(step + " needs the setting backup." + setting + " of environment \""
                    + configured.getName() + "\", which is not there, so that nothing was done. Let an administrator"
                    + " fill it"
                    + " in under Manage Jenkins » System » Supabase Delivery.");
        }
        return value;
    }

    private static List<DestinationConfiguration> destinations(
            String step, BackupConfiguration backup, List<String> chosen) {
        List<DestinationConfiguration> configured = SupabaseDeliveryConfiguration.get().getDestinations();
        List<String> all = configured.stream().map(DestinationConfiguration::getName).toList();
        List<String> allowed = backup.getDestinations() == null ? all : backup.getDestinations();
        List<DestinationConfiguration> found = new ArrayList<>();
        for (String name : chosen == null ? allowed : chosen) {
            if (!allowed.contains(name) || !all.contains(name)) {
                throw new DeliveryException(step + " is to use the destination \"" + name + "\", which is none of"
                        + " those that"
                        + " keep this environment's backups" + NearestName.hint(name, allowed)
                        + " Nothing was done. Correct the name, or let an administrator configure it.");
            }
            found.add(configured.get(all.indexOf(name)));
        }
        return found;
    }

    String name() {
        return environment.name();
    }

    VerificationKey key() {
        return VerificationKey.parse(verificationKey);
    }

    BackupStore store(List<Destination> open) {
        return new BackupStore(name(), open);
    }

    BackupLog log(Progress progress) {
        return new BackupLog(environment, access, origin.operationId(), origin.actor(), origin.buildUrl(), progress);
    }

    /** Opens the destinations for the work, and closes them. */
    Serializable run(Work work) throws InterruptedException {
        List<Destination> open = new ArrayList<>();
        try {
            destinations.forEach(settings -> open.add(settings.open()));
            return work.with(open);
        } finally {
            open.forEach(Destination::close);
        }
    }

    /** @throws DeliveryException where it is not there */
    static void requireDatabase(String step, Environment environment, Access access) {
        if (access.databasePassword() == null) {
            throw new DeliveryException(step + " needs a user of the database, and the environment"
                    + " \"" + environment.name()
                    + "\" has no databaseCredentialsId. Nothing was done. Let an administrator set it.");
        }
    }
}
