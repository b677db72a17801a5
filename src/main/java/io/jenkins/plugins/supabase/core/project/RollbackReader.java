package io.jenkins.plugins.supabase.core.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads {@code supabase/rollbacks}: for a migration {@code migrations/<version>_<name>.sql}, the file of the same name there
 * takes it back. The Supabase CLI knows no such folder and leaves it alone.
 */
final class RollbackReader {
    private final ProjectFolder folder;
    private final List<String> warnings;

    RollbackReader(ProjectFolder folder, List<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    /** @return by the version of the migration that they take back */
    Map<String, MigrationFile> read(List<MigrationFile> migrations) throws IOException {
        Map<String, MigrationFile> byFileName = migrations.stream()
                .collect(Collectors.toMap(MigrationFile::fileName, Function.identity()));
        Map<String, MigrationFile> rollbacks = new TreeMap<>();
        for (Path file : ProjectFolder.entries(folder.supabase().resolve("rollbacks"))) {
            String name = file.getFileName().toString();
            if (Files.isDirectory(file) || name.startsWith(".") || name.endsWith(".md")) {
                continue;
            }
            MigrationFile migration = byFileName.get(name);
            if (migration == null) {
                warnings.add("%s takes back no migration, as none has its name: a rollback file is named like its migration."
                        .formatted(folder.nameOf(file)));
                continue;
            }
            String sql = Text.read(file, folder.nameOf(file));
            rollbacks.put(
                    migration.version(), new MigrationFile(migration.version(), migration.name(), file, sql));
        }
        return rollbacks;
    }
}
