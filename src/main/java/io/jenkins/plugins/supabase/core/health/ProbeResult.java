package io.jenkins.plugins.supabase.core.health;

import java.io.Serializable;

/**
 * The verdict on one thing that was asked.
 *
 * @param name          what was asked, such as {@code auth}, {@code service pooler} or {@code function update-votes}
 * @param target        where: a URL without its query, a database, a project
 * @param latencyMillis of the last attempt, from its start and not from its waiting for a turn; 0 when skipped
 * @param attempts      0 when skipped
 * @param detail        one line without secrets: what came back, or why not
 */
public record ProbeResult(
        String name, String target, Verdict verdict, long latencyMillis, int attempts, String detail)
        implements Serializable {
    private static final long serialVersionUID = 1L;
}
