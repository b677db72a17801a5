package io.jenkins.plugins.supabase.local.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The demo's project, to be deployed to by whoever wants to: a controller of one's own, or the Supabase CLI. */
public final class DemoServer {
    private final PrintStream out;

    public DemoServer(PrintStream out) {
        this.out = out;
    }

    /**
     * Serves until the thread is interrupted.
     *
     * @param variables file to write the example's variables to, as {@code NAME='value'} lines that a shell reads; it
     *                  holds secrets, so only its owner may read it
     */
    public void serve(Path variables) throws IOException, SQLException, InterruptedException {
        try (DemoProject project = DemoProject.start()) {
            write(variables, project.variables());
            out.println(project.describe());
            out.println("The variables of docs/examples/votes/jenkins.yaml are in " + variables + ", as in: set -a; . "
                    + variables + "; set +a");
            out.println("Serving until Ctrl-C.");
            Thread.sleep(Long.MAX_VALUE);
        } finally {
            Files.deleteIfExists(variables);
        }
    }

    private static void write(Path file, Map<String, String> variables) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file,
                new TreeMap<>(variables)
                        .entrySet().stream()
                                .map(variable -> variable.getKey() + "='" + variable.getValue() + "'\n")
                                .collect(Collectors.joining()));
    }
}
