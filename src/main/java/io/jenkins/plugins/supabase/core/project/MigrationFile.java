package io.jenkins.plugins.supabase.core.project;

import java.nio.file.Path;

/**
 * One {@code migrations/<version>_<name>.sql}.
 *
 * @param version the digits before the first underscore, as written: the Supabase CLI compares versions as text
 * @param name    what follows the underscore, without {@code .sql}; may be empty
 * @param path    the file
 * @param sql     its whole text
 */
public record MigrationFile(String version, String name, Path path, String sql) {
    public String fileName() {
        return path.getFileName().toString();
    }
}
