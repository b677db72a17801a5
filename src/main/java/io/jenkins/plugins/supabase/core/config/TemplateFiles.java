package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.project.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * E-mail templates, which {@code content_path} names. Like the Supabase CLI 3.1.0: from the folder above
 * {@code supabase}, and where no such file is, from {@code supabase} itself. They must lie in {@code supabase}, because
 * a release holds nothing else.
 */
final class TemplateFiles {
    private static final String SUPABASE = "supabase";
    private static final long LARGEST = 1L << 20;

    private final Path folder;

    TemplateFiles(Path supabaseFolder) {
        this.folder = supabaseFolder.toAbsolutePath().normalize();
    }

    String read(ConfigKey key, TomlEntry entry, Object value) {
        String path = ValueType.text(value);
        try {
            for (Path candidate : candidates(path)) {
                if (Files.isRegularFile(candidate) && candidate.toRealPath().startsWith(folder.toRealPath())) {
                    return content(key, entry, candidate);
                }
            }
        } catch (IOException | InvalidPathException e) {
            // Told below.
        }
        throw Declarations.wrong(key, entry, "names no file inside the supabase folder",
                "Put the template there and name it as in \"./supabase/templates/invite.html\".");
    }

    /** The folder need not be called supabase in a workspace. */
    private List<Path> candidates(String path) {
        Path given = Path.of(path).normalize();
        if (given.isAbsolute()) {
            return List.of();
        }
        boolean named = given.getNameCount() > 1 && given.startsWith(SUPABASE);
        return named
                ? List.of(folder.resolve(given.subpath(1, given.getNameCount())), folder.resolve(given))
                : List.of(folder.resolveSibling(given), folder.resolve(given));
    }

    private static String content(ConfigKey key, TomlEntry entry, Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw Declarations.wrong(key, entry, "names a file of more than 1 MiB", "Shorten the template.");
        }
        return Text.read(file, SUPABASE + "/" + file.getFileName());
    }
}
