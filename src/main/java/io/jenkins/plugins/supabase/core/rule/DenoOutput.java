package io.jenkins.plugins.supabase.core.rule;

import io.jenkins.plugins.supabase.core.trace.Finding;
import io.jenkins.plugins.supabase.core.trace.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code deno check} had to say. The form of its output is that of Deno 2.
 *
 * @param obstacle why it could not check, one phrase
 */
record DenoOutput(List<Finding> findings, Optional<String> obstacle) {
    private static final Pattern ERROR = Pattern.compile("^TS\\d+ \\[ERROR]: (.*)$");
    private static final Pattern PLACE = Pattern.compile("^\\s+at (file:///\\S+):(\\d+):(\\d+)$");
    private static final Pattern FATAL = Pattern.compile("^error: (.*)$");
    private static final Pattern MISSING =
            Pattern.compile("Cannot find module 'file:.*|Import \".*\" not a dependency.*|Module not found \"file:.*");
    private static final Pattern NO_SYNTAX =
            Pattern.compile("SyntaxError.*|The module's source code could not be parsed.*");

    private static final String TYPES_ARE_WRONG = "Type checking failed.";
    private static final String TYPE_REMEDY =
            "Correct the types; Supabase bundles the function without looking at them.";
    private static final String SYNTAX_REMEDY = "Correct the file: Supabase refuses to bundle it.";
    private static final String IMPORT_REMEDY = "Correct the import, or add it to the function's deno.json.";

    boolean isClean() {
        return findings.isEmpty() && obstacle.isEmpty();
    }

    /** @param deadline for this run; without any time left it is not begun */
    static DenoOutput of(List<String> command, Path root, Duration deadline) throws InterruptedException {
        Path file = null;
        try {
            file = Files.createTempFile("supabase-delivery-deno-", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(root.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile());
            builder.environment().putAll(Map.of(
                    "NO_COLOR", "1", "DENO_NO_UPDATE_CHECK", "1", "DENO_NO_PROMPT", "1"));
            Process process = builder.start();
            try {
                process.getOutputStream().close();
                if (!process.waitFor(Math.max(deadline.toMillis(), 0), TimeUnit.MILLISECONDS)) {
                    return obstacle("there was no time left");
                }
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                return process.exitValue() == 0 ? new DenoOutput(List.of(), Optional.empty()) : parse(text, root);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return obstacle("deno could not be run: " + e.getMessage());
        } finally {
            delete(file);
        }
    }

    private static DenoOutput obstacle(String why) {
        return new DenoOutput(List.of(), Optional.of(why));
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }

    static DenoOutput parse(String text, Path root) {
        List<Finding> findings = new ArrayList<>();
        String message = null;
        String fatal = null;
        for (String line : text.lines().toList()) {
            Matcher error = ERROR.matcher(line);
            Matcher end = FATAL.matcher(line);
            Matcher place = PLACE.matcher(line);
            if (error.matches()) {
                message = error.group(1);
            } else if (end.matches() && !end.group(1).equals(TYPES_ARE_WRONG)) {
                fatal = end.group(1);
                message = NO_SYNTAX.matcher(fatal).matches() || MISSING.matcher(fatal).matches() ? fatal : null;
            } else if (place.matches() && message != null) {
                findings.add(finding(message, place, root));
                message = null;
            }
        }
        if (!findings.isEmpty()) {
            return new DenoOutput(List.copyOf(findings), Optional.empty());
        }
        return obstacle(fatal == null ? "deno failed without saying why" : fatal.replaceFirst("\\.$", ""));
    }

    private static Finding finding(String message, Matcher place, Path root) {
        String file = name(place.group(1), root);
        int line = Integer.parseInt(place.group(2));
        String shown = message.replace(root.toUri().toString().replaceFirst("/$", "") + "/", "");
        if (NO_SYNTAX.matcher(message).matches()) {
            return new Finding("function-does-not-parse", Severity.DANGER, file, line, shown, SYNTAX_REMEDY, null);
        }
        return MISSING.matcher(message).matches()
                ? new Finding("function-import-missing", Severity.DANGER, file, line, shown, IMPORT_REMEDY, null)
                : new Finding("function-type-error", Severity.WARNING, file, line, shown, TYPE_REMEDY, null);
    }

    /** @return as people see it in their repository */
    private static String name(String uri, Path root) {
        try {
            Path path = Path.of(URI.create(uri));
            Path real = Files.exists(root) ? root.toRealPath() : root;
            Path base = path.startsWith(root) ? root : real;
            return path.startsWith(base) ? base.relativize(path).toString().replace('\\', '/') : path.toString();
        } catch (IOException | IllegalArgumentException e) {
            return uri;
        }
    }
}
