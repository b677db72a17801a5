package io.jenkins.plugins.supabase.local.runner.casc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the configuration files that a path stands for: itself, or every YAML file in the folder that it names. */
final class CascFiles {
    private CascFiles() {}

    static List<Path> expand(Iterable<Path> paths) throws CascException {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                files.addAll(in(path));
            } else if (Files.isRegularFile(path)) {
                files.add(path);
            } else {
                throw new CascException(path.toString(), "there is no such file or folder");
            }
        }
        return files;
    }

    private static List<Path> in(Path folder) throws CascException {
        try (Stream<Path> tree = Files.walk(folder)) {
            List<Path> files = tree.filter(CascFiles::isYaml).sorted().toList();
            if (files.isEmpty()) {
                throw new CascException(folder.toString(), "there is no .yaml or .yml file in this folder");
            }
            return files;
        } catch (IOException e) {
            throw new CascException(folder.toString(), "the folder cannot be read");
        }
    }

    private static boolean isYaml(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
    }
}
