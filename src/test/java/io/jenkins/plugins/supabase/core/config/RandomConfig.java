package io.jenkins.plugins.supabase.core.config;

import io.jenkins.plugins.supabase.core.operation.SecretText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A config.toml with random values for a random choice of all keys that reach a hosted project. */
final class RandomConfig {
    /** In every value of a credential. */
    static final String CANARY = "kanarienvogel";

    private static final int[] PORTS = {25, 465, 587, 2525};

    private final Random random;
    private final Path folder;
    private final Map<String, SecretText> credentials = new HashMap<>();
    private final Map<String, Map<String, String>> tables = new TreeMap<>();

    RandomConfig(Random random, Path folder) throws IOException {
        this.random = random;
        this.folder = folder;
        for (ConfigKey key : ConfigKeys.ALL.keys()) {
            if (random.nextInt(3) > 0) {
                String word = key.key().substring(key.key().lastIndexOf('.') + 1);
                tables.computeIfAbsent(key.table(), none -> new LinkedHashMap<>()).put(word, value(key));
            }
        }
    }

    String toml() {
        StringBuilder toml = new StringBuilder();
        tables.forEach((table, values) -> {
            toml.append('[').append(table).append("]\n");
            values.forEach((word, value) -> toml.append(word).append(" = ").append(value).append('\n'));
        });
        return toml.toString();
    }

    Variables variables() {
        return new Variables(Map.of(), credentials);
    }

    private String value(ConfigKey key) throws IOException {
        String type = key.type().getClass().getSimpleName();
        return switch (type) {
            case "Flag", "OffIsBlank", "Chooses", "None" -> Boolean.toString(random.nextBoolean());
            case "Whole" -> Integer.toString(whole(key));
            case "Digits" -> Integer.toString(PORTS[random.nextInt(PORTS.length)]);
            case "Seconds" -> quoted(random.nextInt(500) + (random.nextBoolean() ? "s" : "m"));
            case "Hours" -> quoted(random.nextInt(100) + (random.nextBoolean() ? "h" : "m"));
            case "Bytes" -> quoted(1 + random.nextInt(400) + (random.nextBoolean() ? "MiB" : "KB"));
            case "Csv" -> list(random.nextInt(4), this::word);
            case "Networks" -> list(random.nextInt(4), key.key().endsWith("_v6") ? this::network6 : this::network4);
            case "OneOf" -> quoted(pick(key.type().expected().replace("one of ", "").split(", ")));
            case "PasswordCharacters" -> quoted(pick("", "letters_digits", "lower_upper_letters_digits",
                    "lower_upper_letters_digits_symbols"));
            case "Pairs" -> "{ %d = \"%06d\" }".formatted(1000 + random.nextInt(1000), random.nextInt(1000000));
            case "Content" -> quoted(template());
            case "Text" -> text(key);
            default -> throw new IllegalStateException(type);
        };
    }

    /** Within what the OpenAPI document allows for any whole number. */
    private int whole(ConfigKey key) {
        boolean length = key.key().endsWith("otp_length");
        boolean workers = key.key().startsWith("db.settings.max_parallel");
        return length ? 6 + random.nextInt(5) : (workers ? 1 : 10) + random.nextInt(1000);
    }

    private String text(ConfigKey key) {
        if (key.key().endsWith("timeout")) {
            return quoted(random.nextInt(100) + "s");
        }
        if (key.secret() || random.nextInt(4) == 0) {
            return fromCredential(key.key().endsWith("admin_email") ? "@example.com" : "");
        }
        return quoted(key.key().endsWith("admin_email") ? word() + "@example.com" : word());
    }

    private String fromCredential(String end) {
        String name = "CREDENTIAL_" + credentials.size();
        credentials.put(name, new SecretText(CANARY + random.nextInt(3) + end));
        return quoted("env(" + name + ")");
    }

    private String template() throws IOException {
        String name = "template" + random.nextInt(5) + ".html";
        Files.createDirectories(folder.resolve("templates"));
        Files.writeString(folder.resolve("templates").resolve(name), "<p>" + word() + "</p>");
        return "./supabase/templates/" + name;
    }

    private String network4() {
        return "10.%d.0.0/%d".formatted(random.nextInt(256), 16 + random.nextInt(17));
    }

    private String network6() {
        return "2001:db8:%x::/%d".formatted(random.nextInt(0x10000), 48 + random.nextInt(81));
    }

    private String word() {
        return "word" + random.nextInt(5);
    }

    private String pick(String... words) {
        return words[random.nextInt(words.length)];
    }

    private static String list(int length, Supplier<String> item) {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            items.add(quoted(item.get()));
        }
        return items.toString();
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }
}
