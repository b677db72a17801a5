package io.jenkins.plugins.supabase.core.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder of which git says nothing. Files that a {@code .gitignore} names are left out all the same. */
final class PlainFolder {
    private final Path folder;
    private final SourceTree tree = new SourceTree();

    private PlainFolder(Path folder) {
        this.folder = folder;
    }

    static SourceTree read(Path folder) throws IOException {
        PlainFolder reader = new PlainFolder(folder);
        reader.collect(folder, reader.rulesAbove());
        return reader.tree;
    }

    /** @return the root of the clone that the folder lies in, or null */
    static Path cloneAround(Path folder) {
        for (Path parent = folder; parent != null; parent = parent.getParent()) {
            if (Files.exists(parent.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return parent;
            }
        }
        return null;
    }

    private List<IgnoreFile> rulesAbove() throws IOException {
        List<IgnoreFile> rules = new ArrayList<>();
        Path clone = cloneAround(folder);
        if (clone != null) {
            rules.add(IgnoreFile.read(clone.resolve(".git/info/exclude"), clone));
            Path parent = clone;
            for (Path name : clone.relativize(folder)) {
                if (!parent.equals(folder)) {
                    rules.add(IgnoreFile.read(parent.resolve(".gitignore"), parent));
                }
                parent = parent.resolve(name);
            }
        }
        return rules;
    }

    private void collect(Path directory, List<IgnoreFile> above) throws IOException {
        List<IgnoreFile> rules = new ArrayList<>(above);
        rules.add(IgnoreFile.read(directory.resolve(".gitignore"), directory));
        List<Path> entries;
        try (Stream<Path> stream = Files.list(directory)) {
            entries = stream.toList();
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            boolean isFolder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            if (!NeverReleased.name(name) && !ignored(entry, isFolder, rules)) {
                add(entry, isFolder, rules);
            }
        }
    }

    private void add(Path entry, boolean isFolder, List<IgnoreFile> rules) throws IOException {
        String path = folder.relativize(entry).toString().replace('\\', '/');
        if (isFolder) {
            collect(entry, rules);
        } else if (Files.isSymbolicLink(entry)) {
            tree.links().put(path, Files.readSymbolicLink(entry).toString().replace('\\', '/'));
        } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            tree.files().put(path, () -> Files.newInputStream(entry));
        } else {
            tree.notes().add("Left out %s: it is no file.".formatted(ReleaseFile.PREFIX + path));
        }
    }

    /** The last word counts: that of the nearest file, and in it that of the last line. */
    private static boolean ignored(Path entry, boolean isFolder, List<IgnoreFile> rules) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            Boolean decision = rules.get(i).decides(entry, isFolder);
            if (decision != null) {
                return decision;
            }
        }
        return false;
    }
}
