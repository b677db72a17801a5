package io.jenkins.plugins.supabase.core.project;

import java.util.List;
import java.util.Map;

/**
 * What this plugin uses of {@code supabase/config.toml}; everything else in the file is left alone.
 *
 * @param projectId         {@code project_id}, null where undeclared
 * @param migrationsEnabled {@code db.migrations.enabled}, true where undeclared
 * @param functions         the {@code [functions.<slug>]} tables by slug
 */
public record ProjectConfig(String projectId, boolean migrationsEnabled, Map<String, FunctionSettings> functions) {
    static final ProjectConfig NONE = new ProjectConfig(null, true, Map.of());

    public ProjectConfig {
        functions = Map.copyOf(functions);
    }

    FunctionSettings function(String slug) {
        return functions.getOrDefault(slug, FunctionSettings.NONE);
    }

    /**
     * A {@code [functions.<slug>]} table. Paths are relative to the {@code supabase/} folder; a member is null (or
     * empty) where undeclared.
     */
    public record FunctionSettings(
            boolean enabled, Boolean verifyJwt, String entrypoint, String importMap, List<String> staticFiles) {
        static final FunctionSettings NONE = new FunctionSettings(true, null, null, null, List.of());

        public FunctionSettings {
            staticFiles = List.copyOf(staticFiles);
        }
    }
}
