package io.jenkins.plugins.supabase.core.migration;

import io.jenkins.plugins.supabase.core.project.MigrationFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Migration files that exist only in memory. */
final class Migrations {
    private Migrations() {}

    static MigrationFile file(String fileName, String sql) {
        int underscore = fileName.indexOf('_');
        String name = fileName.substring(underscore + 1, fileName.length() - ".sql".length());
        return new MigrationFile(
                fileName.substring(0, underscore), name, Path.of("supabase/migrations", fileName), sql);
    }

    /** @return files 20260101000001_m1.sql and so on */
    static List<MigrationFile> numbered(String... scripts) {
        List<MigrationFile> files = new ArrayList<>();
        for (String sql : scripts) {
            int number = files.size() + 1;
            files.add(file("2026010100000" + number + "_m" + number + ".sql", sql));
        }
        return files;
    }
}
