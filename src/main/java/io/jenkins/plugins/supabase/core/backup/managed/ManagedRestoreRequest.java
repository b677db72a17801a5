package io.jenkins.plugins.supabase.core.backup.managed;

import io.jenkins.plugins.supabase.core.deploy.Origin;
import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.management.ManagementOptions;
import io.jenkins.plugins.supabase.core.plan.RestorePointRule;
import java.io.Serializable;
import java.time.Duration;

/**
 * Taking an environment's database back to one of the platform's own backups.
 *
 * @param restorePoint whether one of the database as it is now is made before
 * @param patience     how long it may take until the project is back
 */
public record ManagedRestoreRequest(
        Environment environment,
        Access access,
        ManagedTarget target,
        RestorePointRule restorePoint,
        Duration patience,
        ManagementOptions management,
        Origin origin)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
