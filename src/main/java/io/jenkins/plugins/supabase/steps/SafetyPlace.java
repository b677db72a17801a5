package io.jenkins.plugins.supabase.steps;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupOperation;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupSummary;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * Where an environment is backed up just before its rows are replaced, ready to be sent to the agent.
 *
 * @param environment its name
 * @param place       null where the environment has no keys for backups
 */
record SafetyPlace(
        String environment,
        BackupPlace place,
        ArrayList<String> recipients,
        SecretText signingKey,
        int minDestinations,
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
            String owner) {
        BackupConfiguration backup = configured.getBackup();
        if (backup == null || backup.getRecipients() == null || backup.getSigningKeyCredentialsId() == null) {
            return new SafetyPlace(configured.getName(), null, new ArrayList<>(), null, 1, "");
        }
        return new SafetyPlace(
                configured.getName(),
                BackupPlace.of(step, configured, null, access, origin, lookup),
                new ArrayList<>(backup.getRecipients()),
                lookup.text(owner, "backup.signingKeyCredentialsId", backup.getSigningKeyCredentialsId()),
                backup.getMinDestinations(),
                RunBackupStep.version());
    }

    /**
     * @return id of the backup
     * @throws DeliveryException when there can be none
     */
    String backUp(Progress progress) throws InterruptedException {
        if (place == null) {
            throw new DeliveryException("The rows of environment \"" + environment + "\" would be replaced, and"
                    + " nobody could get them back: it has no keys for backups. Nothing was changed. Let an"
                    + " administrator fill in \"Backups\" of the environment under Manage Jenkins » System » Supabase"
                    + " Delivery, or restore into a new database.");
        }
        progress.line("Backing up " + environment + " as it is now; whoever writes to it waits");
        BackupSummary[] made = new BackupSummary[1];
        place.run(destinations -> {
            BackupRequest request = new BackupRequest(
                    place.environment(),
                    place.access(),
                    recipients.stream().map(AgeRecipient::parse).toList(),
                    SigningKey.parse(signingKey),
                    minDestinations,
                    CONNECTIONS,
                    tool);
            made[0] = new BackupOperation(request, destinations, place.log(progress), progress).run(false);
            return made[0];
        });
        return made[0].id();
    }
}
