package io.jenkins.plugins.supabase.core.backup.database;

import io.jenkins.plugins.supabase.core.operation.DeliveryException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs pg_dump for one section of a schema. Subscriptions stay out: they hold passwords, and a restored copy of one
 * would begin to take rows away from the original.
 */
final class PgDumpSection implements AutoCloseable {
    private final Path program;
    private final Map<String, String> variables;
    private final String snapshot;
    private final List<String> excluded;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();

    /**
     * @param variables with which libpq finds the database, see core.postgres.LibpqEnvironment
     * @param excluded  tables and sequences whose definitions stay out, qualified and quoted
     */
    PgDumpSection(Path program, Map<String, String> variables, String snapshot, List<String> excluded) {
        this.program = program;
        this.variables = variables;
        this.snapshot = snapshot;
        this.excluded = List.copyOf(excluded);
    }

    /**
     * @throws DeliveryException when pg_dump fails, or says anything: a warning is about something that is not in the
     *     dump
     */
    void write(String section, OutputStream target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(), "--section=" + section, "--snapshot=" + snapshot, "--no-password", "--no-blobs",
                "--no-subscriptions", "--no-tablespaces", "--quote-all-identifiers", "--encoding=UTF8",
                "--lock-wait-timeout=60000"));
        excluded.forEach(table -> command.add("--exclude-table=" + table));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        builder.environment().put("LC_ALL", "C");
        Path errors = Files.createTempFile("supabase-delivery-pg_dump-", ".err");
        try {
            Process process = builder.redirectError(errors.toFile()).start();
            running.add(process);
            try {
                process.getOutputStream().close();
                try (InputStream output = process.getInputStream()) {
                    output.transferTo(target);
                }
                int code = process.waitFor();
                String said = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8).strip();
                if (code != 0 || !said.isEmpty()) {
                    throw new DeliveryException("The schema could not be backed up: pg_dump ended with " + code
                            + " and said: "
                            + (said.isEmpty() ? "nothing" : said.lines().findFirst().orElse("")) + " Nothing of this"
                            + " backup is"
                            + " listed; the backups before it are as they were. Correct that, then run it again.");
                }
            } finally {
                running.remove(process);
                process.destroy();
                if (!process.waitFor(2, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** Ends what still runs, as reading from it cannot be interrupted. */
    @Override
    public void close() {
        running.forEach(Process::destroy);
    }

    /** @return such as 15.18 */
    static String version(Path program) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.replaceFirst("(?s)^.*\\(PostgreSQL\\) (\\S+).*$", "$1").strip();
    }
}
