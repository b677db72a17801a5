package io.jenkins.plugins.supabase.local.runner.step;

import hudson.AbortException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code sh}: a script run by the shell as a controller's agent runs it, with {@code -xe} unless it has a shebang. */
final class ShellStep {
    private static final long SECONDS_TO_STOP = 2;

    private ShellStep() {}

    static RunnerStep step() {
        return new RunnerStep(
                Signature.of("sh")
                        .with("script", String.class)
                        .with("returnStdout", boolean.class)
                        .with("returnStatus", boolean.class)
                        .with("label", String.class)
                        .with("encoding", String.class),
                ShellStep::run);
    }

    private static Object run(StepCall call) throws Exception {
        String script = call.required("script");
        boolean returnStdout = call.flag("returnStdout", false);
        boolean returnStatus = call.flag("returnStatus", false);
        if (returnStdout && returnStatus) {
            throw new AbortException("sh takes returnStdout or returnStatus, not both");
        }
        Files.createDirectories(call.directory());
        Path file = Files.createTempFile("supabase-delivery-", ".sh");
        try {
            Files.writeString(file, script);
            Process process = start(call, command(script, file), !returnStdout);
            ByteArrayOutputStream captured = returnStdout ? new ByteArrayOutputStream() : null;
            int status = waitFor(process, call, captured);
            if (status != 0 && !returnStatus) {
                throw new AbortException("script returned exit code " + status);
            }
            if (returnStatus) {
                return status;
            }
            return returnStdout ? captured.toString(StandardCharsets.UTF_8) : null;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<String> command(String script, Path file) {
        if (script.startsWith("#!")) {
            List<String> interpreter = new ArrayList<>(List.of(
                    script.lines().findFirst().orElseThrow().substring(2).trim().split("\\s+")));
            interpreter.add(file.toString());
            return interpreter;
        }
        return List.of("sh", "-xe", file.toString());
    }

    private static Process start(StepCall call, List<String> command, boolean together) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(call.directory().toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(together);
        builder.environment().clear();
        builder.environment().putAll(call.run().environment());
        builder.environment().put("PWD", call.directory().toString());
        return builder.start();
    }

    private static int waitFor(Process process, StepCall call, ByteArrayOutputStream captured) throws Exception {
        OutputStream stdout = captured == null ? call.console().log() : captured;
        Thread out = pump(process.getInputStream(), stdout);
        Thread err = pump(process.getErrorStream(), call.console().log());
        try {
            int status = process.waitFor();
            // What a background process left behind may hold the pipes open for ever.
            out.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
            err.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_STOP));
            call.console().endLine();
            return status;
        } catch (InterruptedException e) {
            call.console().line("Sending interrupt signal to process");
            stop(process);
            throw e;
        }
    }

    private static Thread pump(InputStream from, OutputStream to) {
        Thread thread = new Thread(
                () -> {
                    try (from) {
                        from.transferTo(to);
                        to.flush();
                    } catch (IOException e) {
                        // The process was killed: there is no more output.
                        return;
                    }
                },
                "sh output");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroy);
        if (!process.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
            tree.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
