package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code supabase/migrations} by the rules of the Supabase CLI (apps/cli-go/pkg/migration/list.go and file.go of
 * github.com/supabase/cli at 1d1e7191): which names count, and that an initial schema written by an old CLI is skipped.
 */
final class MigrationReader {
    private static final Pattern FILE_NAME = Pattern.compile("^([0-9]+)_(.*)\\.sql$", Pattern.DOTALL);
    private static final Pattern INITIAL_SCHEMA = Pattern.compile("([0-9]{14})_init\\.sql");
    /** Before this timestamp the CLI itself wrote the first migration, from a schema the platform already has. */
    private static final long CLI_NO_LONGER_WRITES_IT = 20211209000000L;

    private final ProjectFolder folder;
    private final List<String> warnings;

    MigrationReader(ProjectFolder folder, List<String> warnings) {
        this.folder = folder;
        this.warnings = warnings;
    }

    List<MigrationFile> read() throws IOException {
        Path migrations = folder.supabase().resolve("migrations");
        if (Files.exists(migrations) && !Files.isDirectory(migrations)) {
            throw new DeliveryException(
                    "%s is a file, but must be a folder of migrations. Nothing was changed. Move the file away."
                            .formatted(folder.nameOf(migrations)));
        }
        TreeMap<String, MigrationFile> byVersion = new TreeMap<>();
        List<Path> entries = ProjectFolder.entries(migrations);
        for (int i = 0; i < entries.size(); i++) {
            Path file = entries.get(i);
            if (Files.isDirectory(file) || hidden(file) || (i == 0 && skippedInitialSchema(file))) {
                continue;
            }
            Matcher name = FILE_NAME.matcher(file.getFileName().toString());
            if (!name.matches()) {
                warnings.add("%s was skipped: a migration is named <digits>_<name>.sql.".formatted(folder.nameOf(file)));
                continue;
            }
            String sql = Text.read(file, folder.nameOf(file));
            MigrationFile other =
                    byVersion.put(name.group(1), new MigrationFile(name.group(1), name.group(2), file, sql));
            if (other != null) {
                throw new DeliveryException(
                        ("%s and %s have the same version %s, so one of them could never be recorded as applied. "
                                        + "Nothing was changed. Give the newer one a later version.")
                                .formatted(folder.nameOf(other.path()), folder.nameOf(file), name.group(1)));
            }
        }
        return List.copyOf(byVersion.values());
    }

    private static boolean hidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private boolean skippedInitialSchema(Path file) {
        Matcher matcher = INITIAL_SCHEMA.matcher(file.getFileName().toString());
        if (!matcher.find() || Long.parseLong(matcher.group(1)) >= CLI_NO_LONGER_WRITES_IT) {
            return false;
        }
        warnings.add(("%s was skipped, as the Supabase CLI does with an initial schema of before 2021-12-09; "
                        + "rename it if it is a migration of yours.")
                .formatted(folder.nameOf(file)));
        return true;
    }
}
