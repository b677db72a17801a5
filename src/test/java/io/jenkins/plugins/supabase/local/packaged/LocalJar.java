package io.jenkins.plugins.supabase.local.packaged;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the executable jar as a person does, in a folder that has nothing of this project. */
final class LocalJar {
    private static final Path JAR =
            Path.of("target/supabase-delivery-local.jar").toAbsolutePath();
    private static final long LONGEST_MINUTES = 5;

    private final Path folder;

    LocalJar(Path folder) {
        this.folder = folder;
    }

    record Ended(int code, String output) {}

    Running start(Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        JAR.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), output);
    }

    Ended run(String... arguments) throws Exception {
        try (Running running = start(Map.of(), arguments)) {
            running.process().getOutputStream().close();
            return running.await();
        }
    }

    record Running(Process process, Path outputFile) implements AutoCloseable {
        String output() throws IOException {
            return Files.readString(outputFile);
        }

        void awaitOutput(String text) throws Exception {
            while (!output().contains(text)) {
                if (!process.isAlive()) {
                    throw new AssertionError("It ended without \"" + text + "\": " + output());
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }

        Ended await() throws Exception {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new AssertionError("It did not end: " + output());
            }
            return new Ended(process.exitValue(), output());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
