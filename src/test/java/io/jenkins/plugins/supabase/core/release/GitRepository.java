package io.jenkins.plugins.supabase.core.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A repository of which every byte is known: who commits, and when, is always the same. */
final class GitRepository {
    final Path root;

    private GitRepository(Path root) {
        this.root = root;
    }

    static GitRepository create(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        GitRepository repository = new GitRepository(root);
        repository.git("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    GitRepository cloneTo(Path other, String... options) {
        List<String> arguments = new ArrayList<>(List.of("clone", "--quiet"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(root.toString(), other.toString()));
        git(arguments.toArray(String[]::new));
        return new GitRepository(other);
    }

    GitRepository with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    GitRepository with(String path, byte[] content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    GitRepository link(String path, String target) {
        try {
            Path link = root.resolve(path);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    GitRepository commit() {
        git("add", "--all");
        git("commit", "--quiet", "--message=The example");
        return this;
    }

    Path supabase() {
        return root.resolve("supabase");
    }

    String head() {
        return git("rev-parse", "HEAD").strip();
    }

    String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (String who : new String[] {"AUTHOR", "COMMITTER"}) {
            builder.environment().put("GIT_" + who + "_NAME", "Åsa Øst");
            builder.environment().put("GIT_" + who + "_EMAIL", "asa@example.com");
            builder.environment().put("GIT_" + who + "_DATE", "2026-09-15T10:20:30+02:00");
        }
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
