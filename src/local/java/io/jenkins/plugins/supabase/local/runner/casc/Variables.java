package io.jenkins.plugins.supabase.local.runner.casc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${NAME}} as JCasC does: by the file NAME in the folder that the variable SECRETS names (by default
 * {@code /run/secrets}), else by the environment variable NAME, else by the default of {@code ${NAME:-default}}, else
 * by nothing, with a warning. {@code ^${NAME}} stays {@code ${NAME}}. Of JCasC's functions it knows {@code readFile},
 * {@code readFileBase64}, {@code base64}, {@code decodeBase64} and {@code trim}.
 */
final class Variables {
    private static final Pattern NAME = Pattern.compile("\\$\\{([A-Za-z0-9_]+)");
    private static final String DEFAULT_SECRETS = "/run/secrets";

    private final Map<String, String> environment;
    private final Consumer<String> warnings;
    private final Set<String> secret = new TreeSet<>();

    Variables(Map<String, String> environment, Consumer<String> warnings) {
        this.environment = environment;
        this.warnings = warnings;
    }

    /** @return the environment variables that hold secrets, because a secret was made of them */
    Set<String> secret() {
        return secret;
    }

    String resolveSecret(String text, String place) throws CascException {
        Matcher names = NAME.matcher(text);
        while (names.find()) {
            secret.add(names.group(1));
        }
        return resolve(text, place);
    }

    String resolve(String text, String place) throws CascException {
        StringBuilder resolved = new StringBuilder();
        int from = 0;
        while (true) {
            int start = text.indexOf("${", from);
            if (start < 0) {
                return resolved.append(text, from, text.length()).toString();
            }
            int end = end(text, start);
            if (end < 0) {
                return resolved.append(text, from, text.length()).toString();
            }
            if (start > from && text.charAt(start - 1) == '^') {
                resolved.append(text, from, start - 1).append(text, start, end + 1);
            } else {
                resolved.append(text, from, start);
                resolved.append(value(resolve(text.substring(start + 2, end), place), place));
            }
            from = end + 1;
        }
    }

    /** @return the index of the brace that closes the one after {@code start}, or -1 */
    private static int end(String text, int start) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            if (text.startsWith("${", i)) {
                depth++;
                i++;
            } else if (text.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    private String value(String expression, String place) throws CascException {
        int dash = expression.indexOf(":-");
        String name = dash < 0 ? expression : expression.substring(0, dash);
        String value = dash < 0 && name.indexOf(':') > 0 ? function(name, place) : variable(name);
        if (value != null) {
            return value;
        }
        if (dash >= 0) {
            return expression.substring(dash + 2);
        }
        warnings.accept("WARNING: " + place + ": the variable " + name + " is not set; it is taken as empty");
        return "";
    }

    private String variable(String name) throws CascException {
        Path secret =
                Path.of(environment.getOrDefault("SECRETS", DEFAULT_SECRETS)).resolve(name.replace('/', '_'));
        if (Files.isRegularFile(secret)) {
            return read(secret, name).strip();
        }
        return environment.get(name);
    }

    private static String function(String call, String place) throws CascException {
        int colon = call.indexOf(':');
        String name = call.substring(0, colon);
        String argument = call.substring(colon + 1);
        return switch (name) {
            case "readFile", "file" -> read(Path.of(argument), place);
            case "readFileBase64", "fileBase64" -> base64(bytes(Path.of(argument), place));
            case "base64" -> base64(argument.getBytes(StandardCharsets.UTF_8));
            case "decodeBase64" -> decoded(argument, place);
            case "trim" -> argument.trim();
            default -> throw new CascException(place, "'${" + name + ":…}' is not supported by the local runner");
        };
    }

    private static String read(Path file, String place) throws CascException {
        return new String(bytes(file, place), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file, String place) throws CascException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CascException(place, "the file " + file + " cannot be read");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String decoded(String text, String place) throws CascException {
        try {
            return new String(Base64.getDecoder().decode(text.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new CascException(place, "not Base64");
        }
    }
}
