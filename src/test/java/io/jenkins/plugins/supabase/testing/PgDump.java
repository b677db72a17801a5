package io.jenkins.plugins.supabase.testing;

import io.jenkins.plugins.supabase.local.LocalPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The installed pg_dump, for comparing schemas. */
public final class PgDump {
    /** Debian's command is a script that looks for this, for longer than this then runs. */
    private static final Path BEHIND_DEBIANS_SCRIPT = Path.of("/usr/lib/postgresql/15/bin/pg_dump");

    private static final String COMMAND =
            Files.isExecutable(BEHIND_DEBIANS_SCRIPT) ? BEHIND_DEBIANS_SCRIPT.toString() : "pg_dump";

    private PgDump() {}

    public static boolean isAvailable() {
        try {
            return new ProcessBuilder("pg_dump", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the whole schema as SQL, without the key that newer versions make up anew for each dump */
    public static String schema(TestDatabase database) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        COMMAND, "--schema-only", "-h", "127.0.0.1", "-p", String.valueOf(database.port()),
                        "-U", LocalPostgres.USER, database.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PGPASSWORD", LocalPostgres.PASSWORD);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("pg_dump failed");
        }
        return text.lines().filter(line -> !line.matches("\\\\(un)?restrict .*")).collect(Collectors.joining("\n"));
    }
}
