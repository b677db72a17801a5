package io.jenkins.plugins.supabase.core.backup.managed;

import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagedBackups;
import io.jenkins.plugins.supabase.core.management.ManagementClient;
import io.jenkins.plugins.supabase.core.management.ManagementException;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.operation.Progress;
import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the platform keeps itself, a line each. */
public final class ManagedList {
    private ManagedList() {}

    /**
     * @param accessToken null or empty where there is none
     * @param problems    gets a sentence where the platform did not say
     * @return empty too where the environment is no hosted project, or there is no token
     */
    public static Optional<ManagedBackups> tell(
            Environment environment,
            SecretText accessToken,
            ManagementOptions options,
            Progress progress,
            List<String> problems)
            throws InterruptedException {
        if (accessToken == null || accessToken.isEmpty() || environment.hostedProject().isEmpty()) {
            return Optional.empty();
        }
        try (ManagementClient client = new ManagementClient(environment, accessToken, progress, options)) {
            ManagedBackups backups = client.managedBackups();
            backups.backups().forEach(backup -> progress.line("Supabase's own backup %d  of %s  %s"
                    .formatted(backup.id(), backup.insertedAt(), backup.status().toLowerCase(Locale.ROOT))));
            progress.line(
                    backups.earliest() == null
                            ? "Supabase's own point-in-time recovery is off"
                            : "Supabase can take the project back to any moment from %s to %s"
                                    .formatted(backups.earliest(), backups.latest()));
            return Optional.of(backups);
        } catch (ManagementException e) {
            problems.add("Supabase's own backups are not known: " + e.getMessage());
            return Optional.empty();
        }
    }
}
