package io.jenkins.plugins.supabase.core.plan;

/**
 * A difference between the environment and what deployments made of it: somebody changed it by other ways, or a file was
 * edited after it had been applied.
 *
 * @param subject what differs, such as a migration's file name, {@code function hello} or {@code auth.site_url}
 * @param detail  one sentence: how, and where the first difference is
 * @param blocks  whether nothing can be deployed before somebody decides about it
 */
public record Drift(Kind kind, String subject, String detail, boolean blocks) {
    public enum Kind {
        EDITED_MIGRATION,
        UNKNOWN_MIGRATION,
        LATE_MIGRATION,
        SCHEMA,
        FUNCTION,
        CONFIG,
        SECRET,
        BUCKET
    }
}
