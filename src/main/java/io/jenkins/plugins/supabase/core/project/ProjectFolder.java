package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a {@code supabase/} folder is, and how its files are named: relative to the folder that holds it, which is
 * what the Supabase CLI sends and what people see in their repository.
 *
 * @param supabase  absolute and normalised
 * @param functions its {@code functions} folder, which may be absent
 */
record ProjectFolder(Path supabase, Path functions) {
    static ProjectFolder at(Path directory) {
        Path supabase = directory.toAbsolutePath().normalize();
        return new ProjectFolder(supabase, supabase.resolve("functions"));
    }

    Path root() {
        Path parent = supabase.getParent();
        return parent == null ? supabase : parent;
    }

    String nameOf(Path file) {
        return root().relativize(file).toString().replace(File.separatorChar, '/');
    }

    boolean inFunctions(Path file) throws IOException {
        return inside(functions, file);
    }

    boolean inSupabase(Path file) throws IOException {
        return inside(supabase, file);
    }

    /** Both as written and after following symbolic links. */
    private static boolean inside(Path folder, Path file) throws IOException {
        return file.startsWith(folder) && (!Files.exists(file) || file.toRealPath().startsWith(folder.toRealPath()));
    }

    /** @param setting of the function that names something outside the folder in which it may lie */
    DeliveryException outside(String slug, String setting, String value, Path allowed) {
        return new DeliveryException(
                "The %s of the function %s, %s, lies outside %s. Nothing was changed. Move it inside and correct the path."
                        .formatted(setting, slug, value, nameOf(allowed)));
    }

    /** @return the entries of a folder sorted by name; empty where there is no such folder */
    static List<Path> entries(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
                    .toList();
        }
    }
}
