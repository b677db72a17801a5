package io.jenkins.plugins.supabase.core.scratch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a short command had to say, on both of its outputs, without white space around it. */
record Output(boolean succeeded, String text) {
    static final Output NONE = new Output(false, "");

    private static final long LONGEST_SECONDS = 120;

    /** @return {@link #NONE} where there is no such command; a failure where it does not end within 120 s */
    static Output of(List<String> command) throws InterruptedException {
        Path file = null;
        try {
            file = Files.createTempFile("supabase-delivery-", ".out");
            // Into a file, as reading from a pipe cannot be interrupted.
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start();
            try {
                process.getOutputStream().close();
                boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
                return new Output(ended && process.exitValue() == 0, text);
            } finally {
                end(process);
            }
        } catch (ClosedByInterruptException e) {
            throw new InterruptedException();
        } catch (IOException e) {
            return NONE;
        } finally {
            delete(file);
        }
    }

    /** What a command started writes on after its end otherwise, to folders that are being deleted. */
    private static void end(Process process) {
        List<ProcessHandle> started = process.descendants().toList();
        process.destroyForcibly();
        started.forEach(ProcessHandle::destroyForcibly);
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
