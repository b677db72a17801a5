package io.jenkins.plugins.supabase.core.release;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the {@code git} executable in one folder, only to read: no hooks, no file system monitor, no locks, no questions,
 * and no variables of the environment that lead it to another repository.
 */
final class Git {
    /** A repository on a slow network file system needs minutes for its status; more is a hang. */
    private static final long LIMIT_MINUTES = 10;

    private static final int LONGEST_WORDS = 500;

    private final Path folder;

    Git(Path folder) {
        this.folder = folder;
    }

    /** @param error what git said, one line, without user names and passwords of addresses */
    record Result(int exit, byte[] output, String error) {
        String text() {
            return new String(output, StandardCharsets.UTF_8);
        }

        String line() {
            return text().strip();
        }

        /** @return the parts of an output made with {@code -z} */
        List<String> parts() {
            List<String> parts = new ArrayList<>(List.of(text().split("\0", -1)));
            parts.remove(parts.size() - 1);
            return parts;
        }
    }

    /** @throws IOException when there is no git that could be started */
    Result run(String... arguments) throws IOException, InterruptedException {
        return run(new byte[0], arguments);
    }

    /** @return what came of a command that cannot fail in a sound repository */
    Result must(String... arguments) throws IOException, InterruptedException {
        return must(new byte[0], arguments);
    }

    Result must(byte[] input, String... arguments) throws IOException, InterruptedException {
        Result result = run(input, arguments);
        if (result.exit() != 0) {
            throw new DeliveryException(
                    ("The release of %s was not built: git %s failed (%s). Nothing was changed. Repair the clone, or check "
                                    + "the application out anew.")
                            .formatted(folder, arguments[0], result.error()));
        }
        return result;
    }

    private Result run(byte[] input, String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        CompletableFuture<byte[]> output = reading(process.getInputStream());
        CompletableFuture<byte[]> error = reading(process.getErrorStream());
        CompletableFuture<Void> written = CompletableFuture.runAsync(
                () -> write(process.getOutputStream(), input), Git::startThread);
        try {
            byte[] bytes = output.get(LIMIT_MINUTES, TimeUnit.MINUTES);
            byte[] words = error.get(LIMIT_MINUTES, TimeUnit.MINUTES);
            written.get(LIMIT_MINUTES, TimeUnit.MINUTES);
            return new Result(process.waitFor(), bytes, shown(words));
        } catch (ExecutionException e) {
            throw new IOException("git " + arguments[0] + " cannot be read", e.getCause());
        } catch (TimeoutException e) {
            throw new DeliveryException(
                    ("The release of %s was not built: git %s gave no answer for %d minutes. Nothing was changed. Look at "
                                    + "the file system of the workspace.")
                            .formatted(folder, arguments[0], LIMIT_MINUTES));
        } finally {
            process.destroyForcibly();
        }
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "git",
                "--no-optional-locks",
                "-c",
                "core.fsmonitor=false",
                // A release holds no modes.
                "-c",
                "core.fileMode=false",
                "-c",
                "i18n.logOutputEncoding=UTF-8"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(Git::misleads);
        builder.environment().put("LC_ALL", "C");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        builder.environment().put("GIT_NO_REPLACE_OBJECTS", "1");
        return builder.start();
    }

    private static boolean misleads(String variable) {
        return variable.startsWith("GIT_") && !variable.startsWith("GIT_CONFIG") && !variable.equals("GIT_EXEC_PATH");
    }

    private static CompletableFuture<byte[]> reading(InputStream stream) {
        return CompletableFuture.supplyAsync(() -> {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, Git::startThread);
    }

    /** All three streams block, so each needs a thread: the common pool has only one on a small machine. */
    private static void startThread(Runnable work) {
        Thread thread = new Thread(work, "git");
        thread.setDaemon(true);
        thread.start();
    }

    private static void write(OutputStream stream, byte[] input) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            // A command that failed reads no further; its exit code says so.
        }
    }

    private static String shown(byte[] words) {
        String line = new String(words, StandardCharsets.UTF_8)
                .replaceAll("//[^/@\\s]*@", "//")
                .replaceAll("\\s+", " ")
                .strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "…";
    }
}
