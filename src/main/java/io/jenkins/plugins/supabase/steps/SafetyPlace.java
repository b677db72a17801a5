package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.StateBeforeRestore;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;

/**
 * Where an environment is backed up just before its rows are replaced, ready to be sent to the agent.
 *
 * @param environment its name
 * @param place       null where the environment has no keys for backups
 * @param recent      how old a proven backup may be that is enough; null where a new one is made in any case
 */
record SafetyPlace(
        String environment,
        BackupPlace place,
        ArrayList<String> recipients,
        SecretText signingKey,
        int minDestinations,
        Duration recent,
        String tool)
        implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int CONNECTIONS = 2;

    /**
     * @param step   who asks
     * @param access of the environment's database
     * @param owner  who names the credential, for messages
     */
    static SafetyPlace of(
            String step,
            EnvironmentConfiguration configured,
            Access access,
            Origin origin,
            CredentialLookup lookup,
            String owner,
            Duration recent) {
        BackupConfiguration backup = configured.getBackup();
        if (backup == null || backup.getRecipients() == null || backup.getSigningKeyCredentialsId() == null) {
            return new SafetyPlace(configured.getName(), null, new ArrayList<>(), null, 1, null, "");
        }
        return new SafetyPlace(
                configured.getName(),
                BackupPlace.of(step, configured, null, access, origin, lookup),
                new ArrayList<>(backup.getRecipients()),
                lookup.text(owner, "backup.signingKeyCredentialsId", backup.getSigningKeyCredentialsId()),
                backup.getMinDestinations(),
                recent,
                RunBackupStep.version());
    }

    /**
     * @param restored id of the backup that is restored, from which nobody gets back what was there before
     * @return id of a backup that was made now, or of one that is young enough
     * @throws DeliveryException when there can be none
     */
    String backUp(String restored, Progress progress) throws InterruptedException {
        if (place == null) {
            throw new DeliveryException("The rows of environment \"" + environment + "\" would be replaced, and"
                    + " nobody could get them back: it has no keys for backups. Nothing was changed. Let an"
                    + " administrator fill in \"Backups\" of the environment under Manage Jenkins » System » Supabase"
                    + " Delivery, or restore into a new database.");
        }
        String[] id = new String[1];
        place.run(destinations -> {
            id[0] = new StateBeforeRestore(
                            restored, recent, request(), destinations, place.log(progress), progress)
                    .make();
            return id[0];
        });
        return id[0];
    }

    private BackupRequest request() {
        return new BackupRequest(
                place.environment(),
                place.access(),
                recipients.stream().map(AgeRecipient::parse).toList(),
                SigningKey.parse(signingKey),
                minDestinations,
                CONNECTIONS,
                tool,
                Set.of(BackupScope.DATABASE),
                ManagementOptions.DEFAULT);
    }
}
