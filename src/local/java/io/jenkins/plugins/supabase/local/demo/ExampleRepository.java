package io.jenkins.plugins.supabase.local.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A copy of the example application in a folder of its own, under git where git is installed. */
final class ExampleRepository implements AutoCloseable {
    /** What the second release adds, as the example's README says. */
    private static final String NEXT = "next";

    private final Path root;
    private final boolean underGit;

    private ExampleRepository(Path root, boolean underGit) {
        this.root = root;
        this.underGit = underGit;
    }

    static ExampleRepository create() throws IOException, InterruptedException {
        Path root = Files.createTempDirectory("supabase-delivery-demo-");
        ExampleFiles.copyTo(root);
        ExampleRepository repository = new ExampleRepository(root, git(root, "init", "--quiet"));
        repository.commit("The first release");
        return repository;
    }

    Path root() {
        return root;
    }

    boolean isUnderGit() {
        return underGit;
    }

    /** @return versions of the migrations in the folder, sorted */
    List<String> migrations() throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("supabase/migrations"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql"))
                    .map(name -> name.substring(0, name.indexOf('_')))
                    .sorted()
                    .toList();
        }
    }

    /** Copies the second release over the first and commits it. */
    void release() throws IOException, InterruptedException {
        Path next = root.resolve(NEXT);
        try (Stream<Path> tree = Files.walk(next)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                Path target = root.resolve(next.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        commit("One more migration");
    }

    private void commit(String message) throws IOException, InterruptedException {
        if (underGit) {
            git(root, "add", "--all");
            git(root, "commit", "--quiet", "--message", message);
        }
    }

    /** @return whether it worked */
    private static boolean git(Path root, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "user.name=Demo", "-c", "user.email=demo@example.com", "-c", "commit.gpgsign=false"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            // git is not installed: the demo shows the same without it.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
