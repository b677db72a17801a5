package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Steps about files of the workspace. */
final class FileSteps {
    private FileSteps() {}

    static List<RunnerStep> all() {
        return List.of(
                new RunnerStep(Signature.of("pwd"), call -> call.directory().toString()),
                new RunnerStep(Signature.of("isUnix"), call -> true),
                new RunnerStep(Signature.of("deleteDir"), FileSteps::deleteDir),
                new RunnerStep(
                        Signature.of("fileExists").with("file", String.class),
                        call -> Files.exists(call.directory().resolve(call.required("file")))),
                new RunnerStep(
                        Signature.of("readFile").with("file", String.class).with("encoding", String.class),
                        FileSteps::readFile),
                new RunnerStep(
                        Signature.of("writeFile")
                                .with("file", String.class)
                                .with("text", String.class)
                                .with("encoding", String.class),
                        FileSteps::writeFile));
    }

    private static Object readFile(StepCall call) throws IOException {
        Path file = call.directory().resolve(call.required("file"));
        try {
            return Files.readString(file, charset(call));
        } catch (NoSuchFileException e) {
            throw new AbortException("readFile: there is no file " + file);
        }
    }

    private static Object writeFile(StepCall call) throws IOException {
        Path file = call.directory().resolve(call.required("file"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, call.required("text"), charset(call));
        return null;
    }

    /** On a controller this empties a scratch workspace; here the workspace is somebody's own folder. */
    private static Object deleteDir(StepCall call) throws IOException {
        Path directory = call.directory();
        Path workspace = call.run().workspace();
        if (!directory.startsWith(workspace) || directory.equals(workspace)) {
            throw new AbortException("deleteDir would delete " + directory + ", which is "
                    + (directory.equals(workspace) ? "the whole workspace" : "outside the workspace")
                    + "; the local runner only deletes folders inside the workspace. Nothing was deleted");
        }
        if (Files.exists(directory)) {
            try (Stream<Path> tree = Files.walk(directory)) {
                for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        return null;
    }

    private static Charset charset(StepCall call) {
        return Charset.forName(call.text("encoding", StandardCharsets.UTF_8.name()));
    }
}
