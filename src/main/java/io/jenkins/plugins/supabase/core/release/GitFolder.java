package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A folder inside a git work tree. Files that are as the commit has them are taken from the commit, so that line ends and
 * other conversions of the clone do not matter; the others from the work tree.
 */
final class GitFolder {
    private static final String LINK = "120000";
    private static final String SUBMODULE = "160000";
    private static final byte[] LFS_POINTER =
            "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;
    private final Git git;
    /** Of the folder inside its work tree; empty, or with a slash at its end. */
    private final String prefix;

    private final SourceTree tree = new SourceTree();
    private final GitObjects objects;

    /** One line of {@code git ls-tree}. */
    private record Entry(String mode, String id) {}

    private GitFolder(Path folder, Git git, String prefix) {
        this.folder = folder;
        this.git = git;
        this.prefix = prefix;
        this.objects = new GitObjects(git);
    }

    /** @param prefix as {@code git rev-parse --show-prefix} says it */
    static SourceTree read(Path folder, Git git, String prefix) throws IOException, InterruptedException {
        GitFolder reader = new GitFolder(folder, git, prefix);
        try {
            reader.read();
            return reader.tree;
        } catch (IOException | InterruptedException | RuntimeException e) {
            reader.tree.close();
            throw e;
        }
    }

    private void read() throws IOException, InterruptedException {
        tree.closesWithIt(objects);
        boolean born = git.run("rev-parse", "--verify", "--quiet", "HEAD").exit() == 0;
        if (born) {
            tree.commit(commit());
        } else {
            tree.notes().add("The repository of " + folder + " has no commit yet, so the release names none.");
        }
        Map<String, Entry> committed = born ? committed() : Map.of();
        Set<String> changed = changed();
        Map<String, String> filters = filters(committed.keySet());
        for (Map.Entry<String, Entry> entry : committed.entrySet()) {
            String path = entry.getKey();
            if (NeverReleased.holds(path)) {
                tree.notes().add("Left out %s although it is committed: files of that name are in no release."
                        .formatted(ReleaseFile.PREFIX + path));
            } else if (entry.getValue().mode().equals(SUBMODULE)) {
                addSubmodule(path, entry.getValue().id(), changed.contains(path));
            } else if (!changed.contains(path)) {
                addCommitted(path, entry.getValue(), filters.get(path));
            }
        }
        for (String path : changed) {
            boolean submodule = committed.containsKey(path) && committed.get(path).mode().equals(SUBMODULE);
            if (!NeverReleased.holds(path) && !submodule) {
                addFromWorkTree(path);
            }
        }
        if (!born) {
            tree.modified().clear();
        }
    }

    private CommitFacts commit() throws IOException, InterruptedException {
        List<String> facts = git.must(
                        "log", "-1", "-z", "--no-show-signature", "--format=%H%x00%ct%x00%an <%ae>%x00", "HEAD")
                .parts();
        Git.Result branch = git.run("symbolic-ref", "--quiet", "--short", "HEAD");
        return new CommitFacts(
                facts.get(0),
                Instant.ofEpochSecond(Long.parseLong(facts.get(1))),
                facts.get(2),
                branch.exit() == 0 ? branch.line() : null);
    }

    private Map<String, Entry> committed() throws IOException, InterruptedException {
        Map<String, Entry> entries = new TreeMap<>();
        for (String line : git.must("ls-tree", "-r", "-z", "HEAD").parts()) {
            int tab = line.indexOf('\t');
            String[] facts = line.substring(0, tab).split(" ");
            entries.put(line.substring(tab + 1), new Entry(facts[0], facts[2]));
        }
        return entries;
    }

    /** Paths that are not as the commit has them; those of repositories inside end with a slash where git knows none. */
    private Set<String> changed() throws IOException, InterruptedException {
        Set<String> paths = new HashSet<>();
        List<String> lines = git.must(
                        "status",
                        "--porcelain=v2",
                        "-z",
                        "--untracked-files=all",
                        "--no-renames",
                        "--ignore-submodules=none",
                        "--",
                        ".")
                .parts();
        for (String line : lines) {
            int fields =
                    switch (line.charAt(0)) {
                        case '1' -> 8;
                        case 'u' -> 10;
                        case '?' -> 1;
                        default -> 0;
                    };
            if (fields > 0) {
                String path = line.split(" ", fields + 1)[fields];
                paths.add(path.substring(prefix.length()));
            }
        }
        return paths;
    }

    private Map<String, String> filters(Set<String> paths) throws IOException, InterruptedException {
        byte[] input = String.join("\0", paths).getBytes(StandardCharsets.UTF_8);
        List<String> parts = git.must(input, "check-attr", "-z", "--stdin", "filter").parts();
        Map<String, String> filters = new HashMap<>();
        for (int i = 0; i + 2 < parts.size(); i += 3) {
            filters.put(parts.get(i), parts.get(i + 2));
        }
        return filters;
    }

    private void addCommitted(String path, Entry entry, String filter) throws IOException {
        if (entry.mode().equals(LINK)) {
            try (var stream = objects.open(entry.id())) {
                tree.links().put(path, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            }
        } else if ("lfs".equals(filter)) {
            addLarge(path);
        } else {
            boolean filtered = filter != null && !filter.equals("unspecified") && !filter.equals("unset");
            if (filtered) {
                tree.notes().add("%s goes through the git filter %s: the release holds it as the commit does."
                        .formatted(ReleaseFile.PREFIX + path, filter));
            }
            tree.files().put(path, () -> objects.open(entry.id()));
        }
    }

    /** The commit holds only a pointer to it. */
    private void addLarge(String path) throws IOException {
        Path file = folder.resolve(path);
        byte[] start = new byte[LFS_POINTER.length];
        boolean fetched = Files.isRegularFile(file);
        if (fetched) {
            try (var stream = Files.newInputStream(file)) {
                fetched = stream.readNBytes(start, 0, start.length) < start.length
                        || !Arrays.equals(start, LFS_POINTER);
            }
        }
        if (!fetched) {
            throw new DeliveryException(
                    ("The release of %s was not built: %s is kept by Git LFS and its content is not in the workspace. Nothing "
                                    + "was changed. Fetch it (git lfs pull) after the checkout.")
                            .formatted(folder, path));
        }
        tree.files().put(path, () -> Files.newInputStream(file));
    }

    private void addFromWorkTree(String path) throws IOException, InterruptedException {
        if (path.endsWith("/")) {
            String name = path.substring(0, path.length() - 1);
            addInner(name);
            tree.modified().add(name);
            return;
        }
        tree.modified().add(path);
        Path file = folder.resolve(path);
        if (Files.isSymbolicLink(file)) {
            tree.links().put(path, Files.readSymbolicLink(file).toString().replace('\\', '/'));
        } else if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            tree.files().put(path, () -> Files.newInputStream(file));
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file.resolve(".git"))) {
            addInner(path);
        }
    }

    private void addSubmodule(String path, String recorded, boolean changed) throws IOException, InterruptedException {
        if (changed && !Files.exists(folder.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            tree.modified().add(path);
            return;
        }
        if (!Files.exists(folder.resolve(path).resolve(".git"))) {
            throw new DeliveryException(
                    ("The release of %s was not built: the submodule %s is not checked out. Nothing was changed. Check "
                                    + "submodules out too (git submodule update --init).")
                            .formatted(folder, path));
        }
        CommitFacts inner = addInner(path);
        if (inner == null || !inner.hash().equals(recorded)) {
            tree.modified().add(path);
        }
    }

    private CommitFacts addInner(String path) throws IOException, InterruptedException {
        Path inner = folder.resolve(path);
        SourceTree held = read(inner, new Git(inner), "");
        tree.add(path, held);
        return held.commit();
    }
}
