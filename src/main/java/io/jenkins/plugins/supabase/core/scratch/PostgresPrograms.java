package io.jenkins.plugins.supabase.core.scratch;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's programs on this machine.
 *
 * @param directory    that holds them
 * @param majorVersion of the one that was asked for
 */
public record PostgresPrograms(Path directory, int majorVersion) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    /**
     * Debian's and Ubuntu's packages, those of postgresql.org for Red Hat, Homebrew on both kinds of Mac, Postgres.app.
     */
    private static final List<String> INSTALLATIONS = List.of(
            "/usr/lib/postgresql/*/bin",
            "/usr/pgsql-*/bin",
            "/opt/homebrew/opt/postgresql@*/bin",
            "/usr/local/opt/postgresql@*/bin",
            "/opt/homebrew/opt/libpq/bin",
            "/Applications/Postgres.app/Contents/Versions/*/bin");

    /** @return the oldest server that is not older than {@code atLeast} */
    static PostgresPrograms server(List<Path> first, int atLeast) throws NoScratchServer, InterruptedException {
        Optional<PostgresPrograms> found = find(first, atLeast, "postgres", "initdb");
        return found.orElseThrow(() -> new NoScratchServer("No PostgreSQL server of version " + atLeast + " or later is"
                + " installed on this agent (initdb and postgres, such as Debian's package postgresql-" + atLeast
                + "), and no scratchDatabaseUrl is set."));
    }

    /** @return the oldest pg_dump that is not older than {@code atLeast}: an older one refuses a newer server */
    public static Path pgDump(List<Path> first, int atLeast) throws NoScratchServer, InterruptedException {
        Optional<PostgresPrograms> found = find(first, atLeast, "pg_dump");
        return found.orElseThrow(() ->
                new NoScratchServer("No pg_dump of version " + atLeast + " or later is installed on"
                        + " this agent (such as Debian's package postgresql-client-" + atLeast + "), so that the schema"
                        + " cannot be copied."))
                .directory()
                .resolve("pg_dump");
    }

    private static Optional<PostgresPrograms> find(List<Path> first, int atLeast, String... programs)
            throws InterruptedException {
        List<PostgresPrograms> found = new ArrayList<>();
        for (Path directory : directories(first)) {
            if (Stream.of(programs).allMatch(program -> Files.isExecutable(directory.resolve(program)))) {
                int version = version(directory.resolve(programs[0]));
                if (version == atLeast) {
                    // Asking the others would take a process each, and none is better.
                    return Optional.of(new PostgresPrograms(directory, version));
                }
                if (version > atLeast) {
                    found.add(new PostgresPrograms(directory, version));
                }
            }
        }
        return found.stream().min(Comparator.comparingInt(PostgresPrograms::majorVersion));
    }

    private static Set<Path> directories(List<Path> first) {
        Set<Path> directories = new LinkedHashSet<>(first);
        String path = System.getenv("PATH");
        for (String entry : path == null ? new String[0] : path.split(Pattern.quote(File.pathSeparator))) {
            if (!entry.isEmpty()) {
                directories.add(Path.of(entry));
            }
        }
        for (String pattern : INSTALLATIONS) {
            int star = pattern.indexOf('*');
            if (star < 0) {
                directories.add(Path.of(pattern));
                continue;
            }
            int slash = pattern.lastIndexOf('/', star);
            int end = pattern.indexOf('/', star);
            String name = pattern.substring(slash + 1, end);
            try (DirectoryStream<Path> versions =
                    Files.newDirectoryStream(Path.of(pattern.substring(0, slash)), name)) {
                versions.forEach(version -> directories.add(version.resolve(pattern.substring(end + 1))));
            } catch (IOException e) {
                // No such installation here.
            }
        }
        return directories;
    }

    private static int version(Path program) throws InterruptedException {
        Matcher version = VERSION.matcher(Output.of(List.of(program.toString(), "--version")).text());
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }
}
