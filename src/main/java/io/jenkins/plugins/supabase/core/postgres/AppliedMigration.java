package io.jenkins.plugins.supabase.core.postgres;

import java.util.List;

/**
 * One row of the history of migrations.
 *
 * @param name       empty where the history keeps none
 * @param statements as they were when it was applied; empty where the history keeps none
 */
public record AppliedMigration(String version, String name, List<String> statements) {
    public AppliedMigration {
        statements = List.copyOf(statements);
    }

    /** @return as its file would be named */
    public String fileName() {
        return version + "_" + name + ".sql";
    }
}
