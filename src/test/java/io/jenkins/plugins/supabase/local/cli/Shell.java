package io.jenkins.plugins.supabase.local.cli;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs commands as the documents have them, in a folder; PGUSER and PGPASSWORD are those of the tests' server. */
final class Shell {
    static final String JAR = "java -jar supabase-delivery-local.jar";

    private static final String CLASSES = Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' " + Main.class.getName();

    private final Path folder;

    Shell(Path folder) {
        this.folder = folder;
    }

    /** @return the exit code, and below it what was written */
    String run(String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", commands.replace(JAR, CLASSES))
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PGUSER", LocalPostgres.USER);
        builder.environment().put("PGPASSWORD", LocalPostgres.PASSWORD);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + "\n" + text;
    }
}
