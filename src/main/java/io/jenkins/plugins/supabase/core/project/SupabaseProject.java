package io.jenkins.plugins.supabase.core.project;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@code supabase/} folder as it is in the workspace.
 *
 * @param directory  the folder itself
 * @param migrations sorted by version as text, the order in which they are applied
 * @param functions  the enabled ones, sorted by slug
 * @param warnings   for the log, such as files that were skipped
 */
public record SupabaseProject(
        Path directory,
        List<MigrationFile> migrations,
        List<EdgeFunction> functions,
        ProjectConfig config,
        List<String> warnings) {
    public SupabaseProject {
        migrations = List.copyOf(migrations);
        functions = List.copyOf(functions);
        warnings = List.copyOf(warnings);
    }

    /**
     * @param supabaseDirectory usually {@code supabase}, relative or absolute
     * @throws io.jenkins.plugins.supabase.core.operation.DeliveryException when something in the folder cannot be
     *     deployed; nothing has been changed anywhere then
     */
    public static SupabaseProject read(Path supabaseDirectory) throws IOException {
        throw new UnsupportedOperationException("to be built");
    }
}
