package io.jenkins.plugins.supabase.core.trace;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.project.MigrationFile;
import io.jenkins.plugins.supabase.core.scratch.ScratchServers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * @param environment whose schema is copied; nothing is changed in it
 * @param pending     migrations in the order in which they would be applied
 * @param rollbacks   by the version of the migration that each takes back
 * @param deadline    for the whole trace; what was not traced by then is told
 */
public record TraceRequest(
        Environment environment,
        Access access,
        List<MigrationFile> pending,
        Map<String, MigrationFile> rollbacks,
        ScratchServers scratch,
        Duration deadline) {
    public static final Duration DEFAULT_DEADLINE = Duration.ofMinutes(5);

    public TraceRequest {
        pending = List.copyOf(pending);
        rollbacks = Map.copyOf(rollbacks);
    }
}
