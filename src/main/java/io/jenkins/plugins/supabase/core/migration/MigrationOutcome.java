package io.jenkins.plugins.supabase.core.migration;

import java.io.Serializable;

/**
 * One migration that a deployment applied.
 *
 * @param statements     in the file, as the history records them
 * @param durationMillis from sending the file until its commit, waiting for locks included
 */
public record MigrationOutcome(String version, String name, String fileName, int statements, long durationMillis)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
