package io.jenkins.plugins.supabase.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A virtual machine that was started before, as a Jenkins agent is: it runs one command after the other. */
final class RunningJvm implements AutoCloseable {
    private static final String DONE = "== done";

    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    /** @param mainClass whose main method calls {@link #serve} when its only argument is {@code agent} */
    RunningJvm(Class<?> mainClass) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        mainClass.getName(),
                        "agent")
                .redirectErrorStream(true)
                .start();
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Waits until the command has run. */
    void run(String... command) throws IOException {
        commands.println(String.join("\t", command));
        StringBuilder output = new StringBuilder();
        for (String line = answers.readLine(); !DONE.equals(line); line = answers.readLine()) {
            if (line == null) {
                throw new IllegalStateException("The virtual machine ended: " + output);
            }
            output.append(line).append('\n');
        }
    }

    /** The other end: runs what comes in until nothing more does. */
    static void serve(Commands runner) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            runner.run(List.of(line.split("\t")));
            System.out.println(DONE);
        }
    }

    interface Commands {
        void run(List<String> command) throws Exception;
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
