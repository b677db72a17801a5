package io.jenkins.plugins.supabase.core.function;

/**
 * What a rollback does with one edge function.
 *
 * @param detail what it is made from, why nothing is done, or why it cannot be restored; one clause
 */
public record RestoreStep(String slug, Action action, String detail) {
    public enum Action {
        /** Deployed again. */
        RESTORE,
        /** Did not exist before the deployment. */
        DELETE,
        /** Runs as it did. */
        NOTHING,
        /** Stays as the deployment left it. */
        IMPOSSIBLE
    }
}
