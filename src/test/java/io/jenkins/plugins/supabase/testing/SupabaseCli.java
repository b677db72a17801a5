package io.jenkins.plugins.supabase.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The real Supabase CLI, where it is installed: it is not part of the build. */
public final class SupabaseCli {
    public static final String HOW_TO_INSTALL =
            "the Supabase CLI is not installed: run 'npm install' in src/test/cli, or set SUPABASE_CLI to an executable";

    private static final long LIMIT_MINUTES = 5;

    private final Path executable;
    private final Path home;
    private final Map<String, String> variables = new HashMap<>();

    private SupabaseCli(Path executable, Path home) {
        this.executable = executable;
        this.home = home;
    }

    /**
     * What a command printed, both streams together.
     *
     * @param exitCode 0 for success
     */
    public record Outcome(int exitCode, String output) {}

    /** @param home where the CLI may keep its own files */
    public static Optional<SupabaseCli> find(Path home) {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("supabase.cli")),
                        Optional.ofNullable(System.getenv("SUPABASE_CLI")),
                        Optional.of("node_modules/.bin/supabase"),
                        Optional.of("src/test/cli/node_modules/.bin/supabase"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new SupabaseCli(path.toAbsolutePath(), home));
    }

    /** Adds an environment variable to every run. */
    public SupabaseCli with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    /**
     * Points the commands of hosted projects at another Management API than Supabase's own.
     *
     * @param managementUrl without a trailing slash
     */
    public SupabaseCli withPlatform(String managementUrl, String accessToken) throws IOException {
        Path profile = home.resolve("profile.yaml");
        Files.writeString(profile, "name: test\napi_url: %1$s\ndashboard_url: %1$s\nproject_host: localhost\n"
                .formatted(managementUrl));
        return with("SUPABASE_PROFILE", profile.toString()).with("SUPABASE_ACCESS_TOKEN", accessToken);
    }

    public Outcome run(Path project, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(home, "cli", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("SUPABASE_TELEMETRY_DISABLED", "1");
        builder.environment().put("DO_NOT_TRACK", "1");
        builder.environment().put("NO_COLOR", "1");
        builder.environment().putAll(variables);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("The Supabase CLI did not end: " + command.get(1));
        }
        return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }

    /** @return the argument that points a command at a database of the tests' own server */
    public static String remote(TestDatabase database) {
        return "--remote=postgresql://postgres:postgres@127.0.0.1:%d/%s?sslmode=disable"
                .formatted(database.port(), database.name());
    }
}
