package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A {@code supabase/} folder as it is in the workspace.
 *
 * @param directory  the folder itself, absolute
 * @param migrations sorted by version as text, the order in which they are applied
 * @param rollbacks  of {@code supabase/rollbacks}, by the version of the migration that each takes back
 * @param functions  the enabled ones, sorted by slug
 * @param warnings   for the log, such as files that were skipped
 */
public record SupabaseProject(
        Path directory,
        List<MigrationFile> migrations,
        Map<String, MigrationFile> rollbacks,
        List<EdgeFunction> functions,
        ProjectConfig config,
        List<String> warnings) {
    public SupabaseProject {
        migrations = List.copyOf(migrations);
        rollbacks = Map.copyOf(rollbacks);
        functions = List.copyOf(functions);
        warnings = List.copyOf(warnings);
    }

    /** @return the same with only some of its functions */
    public SupabaseProject withFunctions(List<EdgeFunction> some) {
        return new SupabaseProject(directory, migrations, rollbacks, some, config, warnings);
    }

    /**
     * @param supabaseDirectory usually {@code supabase}, relative to the current directory or absolute
     * @throws DeliveryException when something in the folder cannot be deployed; nothing has been changed then
     */
    public static SupabaseProject read(Path supabaseDirectory) {
        ProjectFolder folder = ProjectFolder.at(supabaseDirectory);
        if (!Files.isDirectory(folder.supabase())) {
            throw new DeliveryException(
                    ("There is no folder %s, so there is nothing to deploy. Nothing was changed. Check out the "
                                    + "application first, or name its supabase folder in the argument directory.")
                            .formatted(folder.supabase()));
        }
        try {
            return read(folder);
        } catch (IOException e) {
            throw Text.unreadable(folder.supabase().toString(), e);
        }
    }

    private static SupabaseProject read(ProjectFolder folder) throws IOException {
        List<String> warnings = new ArrayList<>();
        ProjectConfig config = new ConfigReader(folder).read();
        List<MigrationFile> migrations = new MigrationReader(folder, warnings).read();
        Map<String, MigrationFile> rollbacks = new RollbackReader(folder, warnings).read(migrations);
        if (!config.migrationsEnabled() && !migrations.isEmpty()) {
            warnings.add("Skipped all %d migrations: config.toml says db.migrations.enabled = false."
                    .formatted(migrations.size()));
            migrations = List.of();
        }
        List<EdgeFunction> functions = new FunctionReader(folder, config, warnings).read();
        boolean configured = Files.exists(folder.supabase().resolve("config.toml"));
        if (migrations.isEmpty() && functions.isEmpty() && !configured) {
            throw nothingIn(folder, warnings);
        }
        return new SupabaseProject(folder.supabase(), migrations, rollbacks, functions, config, warnings);
    }

    private static DeliveryException nothingIn(ProjectFolder folder, List<String> warnings) {
        return new DeliveryException(
                ("%s holds no migration (migrations/<digits>_<name>.sql), no edge function "
                                + "(functions/<slug>/index.ts) and no config.toml, so there is nothing to deploy. "
                                + "%sNothing was changed. Check that this is the folder that was meant.")
                        .formatted(folder.supabase(), warnings.isEmpty() ? "" : String.join(" ", warnings) + " "));
    }
}
