package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.config.BackupConfiguration;
import io.jenkins.plugins.supabase.config.CredentialLookup;
import io.jenkins.plugins.supabase.config.CredentialSource;
import io.jenkins.plugins.supabase.config.EnvironmentConfiguration;
import io.jenkins.plugins.supabase.config.EnvironmentCredentials;
import io.jenkins.plugins.supabase.config.SupabaseDeliveryConfiguration;
import io.jenkins.plugins.supabase.core.backup.BackupLog;
import io.jenkins.plugins.supabase.core.backup.BackupRequest;
import io.jenkins.plugins.supabase.core.backup.BackupScope;
import io.jenkins.plugins.supabase.core.backup.RestoreSummary;
import io.jenkins.plugins.supabase.core.backup.StateBeforeRestore;
import io.jenkins.plugins.supabase.core.backup.format.AgeIdentity;
import io.jenkins.plugins.supabase.core.backup.format.AgeRecipient;
import io.jenkins.plugins.supabase.core.backup.format.SigningKey;
import io.jenkins.plugins.supabase.core.backup.restore.InPlaceRestorer;
import io.jenkins.plugins.supabase.core.backup.restore.RestoreChoice;
import io.jenkins.plugins.supabase.core.backup.restore.SafetyBackup;
import io.jenkins.plugins.supabase.core.backup.store.StoredBackup;
import io.jenkins.plugins.supabase.core.blob.Destination;
import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import io.jenkins.plugins.supabase.core.operation.Durations;
import io.jenkins.plugins.supabase.core.operation.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What {@code restoreBackup} needs to know to replace an environment's database. */
final class InPlaceOptions {
    private static final int CONNECTIONS = 2;

    @Option(
            names = "--in-place-of",
            paramLabel = "NAME",
            description = "Replaces the database of this environment of the configuration, with its own login.")
    private String to;

    @Mixin
    private Confirmation confirmation;

    @Option(
            names = "--recipient",
            paramLabel = "AGE1",
            description = "In place: who can read the backup that is made of what is replaced. Default: the recipients"
                    + " of the configuration.")
    private List<String> recipients;

    @Option(
            names = "--signing-key",
            paramLabel = "FILE",
            description = "In place: what that backup is signed with. Default: the credential of the configuration.")
    private Path signingKey;

    @Option(
            names = "--recent-backup",
            paramLabel = "TIME",
            description = "In place: a proven backup as young as this, such as 30min, is enough.")
    private String recentBackup;

    boolean wanted() {
        return to != null;
    }

    /** @throws CommandLine.ParameterException unless somebody typed what is meant, and the rest can be used */
    void check(CommandSpec spec) {
        if (!wanted()) {
            return;
        }
        confirmation.require(spec, to);
        try {
            recent();
        } catch (IllegalArgumentException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--recent-backup: " + e.getMessage());
        }
    }

    private Duration recent() {
        return recentBackup == null ? null : Durations.parse(recentBackup);
    }

    InPlaceRestorer.Result run(
            BackupOptions.Session session, StoredBackup backup, AgeIdentity identity, RestoreChoice choice)
            throws InterruptedException {
        EnvironmentConfiguration configured = SupabaseDeliveryConfiguration.get().environment(to);
        Environment target = configured.toEnvironment();
        CredentialSource source = CredentialSource.ofController();
        Access access = new EnvironmentCredentials(configured, source).databaseOnly();
        Progress progress = session.console()::line;
        InPlaceRestorer.Result result = new InPlaceRestorer(session.store(), CONNECTIONS, progress)
                .run(backup, identity, choice, target, access,
                        before(backup, configured, target, access, session.store().destinations(), progress));
        log(session.environment(), session.access(), progress)
                .restored(new RestoreSummary(
                        backup.manifest().id(), session.environment().name(),
                        backup.manifest().snapshotTime().toString(), target.databaseUrl(),
                        result.duration().toMillis(), result.rows(), backup.manifest().size(), result.before(), null,
                        null, result.problems()));
        return result;
    }

    private static BackupLog log(Environment environment, Access access, Progress progress) {
        Origin origin = EnvironmentOptions.origin();
        return new BackupLog(
                environment, access, origin.operationId(), origin.actor(), origin.buildUrl(), progress);
    }

    private SafetyBackup before(
            StoredBackup backup,
            EnvironmentConfiguration configured,
            Environment target,
            Access access,
            List<Destination> destinations,
            Progress progress) {
        return () -> new StateBeforeRestore(
                        backup.manifest().id(), recent(), request(configured, target, access), destinations,
                        log(target, access, progress), progress)
                .make();
    }

    private BackupRequest request(EnvironmentConfiguration configured, Environment target, Access access) {
        BackupConfiguration keys = configured.getBackup() == null ? new BackupConfiguration() : configured.getBackup();
        List<String> readers = recipients == null ? keys.getRecipients() : recipients;
        if (readers == null || signingKey == null && keys.getSigningKeyCredentialsId() == null) {
            throw new DeliveryException("The rows of environment \"" + to + "\" would be replaced, and nobody could get"
                    + " them back: it has no keys for a backup of them. Nothing was changed. Give --recipient and"
                    + " --signing-key, or restore into a new database.");
        }
        return new BackupRequest(
                target,
                access,
                readers.stream().map(AgeRecipient::parse).toList(),
                SigningKey.parse(
                        signingKey != null
                                ? BackupOptions.secret(signingKey)
                                : new CredentialLookup(CredentialSource.ofController())
                                        .text("The environment \"" + to + "\"", "backup.signingKeyCredentialsId",
                                                keys.getSigningKeyCredentialsId())),
                1,
                CONNECTIONS,
                new Version().getVersion()[0],
                Set.of(BackupScope.DATABASE),
                ManagementOptions.DEFAULT);
    }
}
