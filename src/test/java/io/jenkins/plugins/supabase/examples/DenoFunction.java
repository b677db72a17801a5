package io.jenkins.plugins.supabase.examples;

import io.jenkins.plugins.supabase.local.standin.StandInProject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An edge function served by Deno on a free port of loopback. */
final class DenoFunction implements AutoCloseable {
    static final String HOW_TO_INSTALL =
            "Deno is not installed: run 'npm install' in src/test/cli, or set DENO to an executable";

    private static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");

    private final Process process;
    private final URI address;

    private DenoFunction(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static boolean isAvailable() {
        return executable().isPresent();
    }

    static DenoFunction serve(Path directory, StandInProject project) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        executable().orElseThrow().toString(),
                        "run",
                        "--no-lock",
                        "--allow-net=127.0.0.1",
                        "--allow-env",
                        "index.ts")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("DENO_SERVE_ADDRESS", "tcp:127.0.0.1:0");
        builder.environment().put("DENO_NO_UPDATE_CHECK", "1");
        builder.environment().put("NO_COLOR", "1");
        builder.environment().put("SUPABASE_URL", project.url());
        builder.environment().put("SUPABASE_ANON_KEY", project.keys().anon());
        Process process = builder.start();
        return new DenoFunction(process, awaitAddress(process));
    }

    URI address() {
        return address;
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static URI awaitAddress(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder seen = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            Matcher matcher = LISTENING.matcher(line);
            if (matcher.find()) {
                return URI.create(matcher.group(1));
            }
            seen.append(line).append('\n');
        }
        throw new IllegalStateException("The function did not start:\n" + seen);
    }

    private static Optional<Path> executable() {
        return Stream.of(
                        Optional.ofNullable(System.getProperty("deno")),
                        Optional.ofNullable(System.getenv("DENO")),
                        Optional.of("src/test/cli/node_modules/@deno/linux-x64-glibc/deno"))
                .flatMap(Optional::stream)
                .map(path -> Path.of(path).toAbsolutePath())
                .filter(Files::isExecutable)
                .findFirst();
    }
}
