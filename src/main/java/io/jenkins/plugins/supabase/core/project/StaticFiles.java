package io.jenkins.plugins.supabase.core.project;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * One pattern of {@code static_files}, which config.toml gives relative to the {@code supabase/} folder. Patterns mean
 * what they mean to the Supabase CLI 3.1.0: {@code *} stays within a folder, and <code>**&#47;</code> stands for one
 * folder or more.
 *
 * @param name      the pattern relative to the folder that holds {@code supabase/}, as it is sent
 * @param fixedPart the folder below which it can match
 */
record StaticFiles(String name, Path fixedPart) {
    /** @throws DeliveryException when the pattern leads out of {@code supabase/} */
    static StaticFiles of(String slug, String pattern, ProjectFolder folder) {
        // Not as a Path: on Windows a star cannot be in one.
        List<String> parts = new ArrayList<>();
        for (String part : pattern.split("/")) {
            if (part.equals("..") && !parts.isEmpty()) {
                parts.remove(parts.size() - 1);
            } else if (part.equals("..")) {
                throw folder.outside(slug, "static_files", pattern, folder.supabase());
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (pattern.startsWith("/")) {
            throw folder.outside(slug, "static_files", pattern, folder.supabase());
        }
        Path fixed = folder.supabase();
        for (int i = 0; i < parts.size() - 1 && !parts.get(i).matches(".*[*?\\[{].*"); i++) {
            fixed = fixed.resolve(parts.get(i));
        }
        return new StaticFiles(folder.nameOf(folder.supabase()) + "/" + String.join("/", parts), fixed);
    }

    /** @return the files that match now, sorted */
    List<Path> find(String slug, ProjectFolder folder) throws IOException {
        if (!Files.isDirectory(fixedPart)) {
            return List.of();
        }
        PathMatcher matcher = matcher(slug);
        List<Path> found;
        try (Stream<Path> below = Files.walk(fixedPart)) {
            found = below.filter(file -> matcher.matches(folder.root().relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        for (Path file : found) {
            if (!folder.inSupabase(file)) {
                throw folder.outside(slug, "static file", folder.nameOf(file), folder.supabase());
            }
        }
        return found;
    }

    private PathMatcher matcher(String slug) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + name);
        } catch (PatternSyntaxException e) {
            throw new DeliveryException(
                    "static_files of the function %s: %s is no valid pattern. Nothing was changed. Correct config.toml."
                            .formatted(slug, name));
        }
    }
}
