package io.jenkins.plugins.supabase.core.scratch;

import io.jenkins.plugins.supabase.core.environment.Access;
import io.jenkins.plugins.supabase.core.environment.Environment;
import io.jenkins.plugins.supabase.core.postgres.LibpqEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Reads an environment's schema with pg_dump, which takes ACCESS SHARE on its tables for as long as it reads, and gives
 * up after 5 s behind a stronger lock instead of queueing behind it.
 *
 * @param sql      the schema; no rows
 * @param unread   what the database user may not read and the dump leaves out, one phrase each
 */
record SchemaDump(String sql, List<String> unread) {
    private static final String LOCK_WAIT_MILLIS = "5000";

    /** pg_dump locks every table that it reads, for which it wants SELECT and the use of the schema. */
    private static final String UNREADABLE =
            """
            SELECT n.nspname, NULL FROM pg_catalog.pg_namespace n
            WHERE n.nspname !~ '^pg_' AND NOT pg_catalog.has_schema_privilege(n.oid, 'USAGE')
            UNION ALL
            SELECT n.nspname, c.relname
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND c.relkind IN ('r', 'p')
              AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
              AND NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')
              AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.classid = 'pg_catalog.pg_class'::regclass
                              AND e.objid = c.oid AND e.deptype = 'e')
            ORDER BY 1, 2
            """;

    static SchemaDump read(Path pgDump, Connection target, Environment environment, Access access)
            throws NoScratchServer, SQLException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                pgDump.toString(), "--schema-only", "--no-password", "--no-subscriptions", "--no-security-labels",
                "--no-tablespaces", "--encoding=UTF8", "--lock-wait-timeout=" + LOCK_WAIT_MILLIS,
                "--exclude-schema=supabase_delivery"));
        List<String> unread = new ArrayList<>();
        try (Statement statement = target.createStatement();
                ResultSet rows = statement.executeQuery(UNREADABLE)) {
            while (rows.next()) {
                String schema = rows.getString(1);
                String table = rows.getString(2);
                command.add(table == null
                        ? "--exclude-schema=" + pattern(schema)
                        : "--exclude-table=" + pattern(schema) + "." + pattern(table));
                unread.add(table == null ? "schema " + schema : "table " + schema + "." + table);
            }
        }
        return new SchemaDump(run(command, LibpqEnvironment.of(environment, access)), List.copyOf(unread));
    }

    private static String pattern(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String run(List<String> command, Map<String, String> variables)
            throws NoScratchServer, InterruptedException {
        Path directory = null;
        try {
            // pg_dump writes files, as reading from a pipe cannot be interrupted.
            directory = Files.createTempDirectory("supabase-delivery-schema-");
            Path output = directory.resolve("schema.sql");
            Path errors = directory.resolve("errors");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(variables);
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (process.waitFor() != 0) {
                    throw new NoScratchServer("The schema could not be read: " + reason(errors) + ".");
                }
                return Files.readString(output);
            } finally {
                process.destroy();
                if (!process.waitFor(2, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            throw new NoScratchServer("pg_dump could not be run: " + e.getMessage() + ".", e);
        } finally {
            delete(directory);
        }
    }

    private static String reason(Path errors) throws IOException {
        String said = firstLine(errors);
        return said.contains("statement timeout") || said.contains("lock timeout")
                ? "somebody held a table locked for " + Integer.parseInt(LOCK_WAIT_MILLIS) / 1_000
                + " s, and planning does not"
                        + " queue behind that"
                : said;
    }

    private static String firstLine(Path errors) throws IOException {
        return new String(Files.readAllBytes(errors), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse("it did not say why");
    }

    private static void delete(Path directory) {
        if (directory != null) {
            ScratchFolder.delete(directory);
        }
    }
}
